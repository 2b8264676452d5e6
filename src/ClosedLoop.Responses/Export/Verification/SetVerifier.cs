using System.Globalization;
using ClosedLoop.Model.Clients;
using ClosedLoop.Responses.Export.Manifests;

namespace ClosedLoop.Responses.Export.Verification;

/// <summary>The invariants of spec section 17.11 within one set whose files are the published ones.</summary>
internal sealed partial class SetVerifier
{
    private readonly ManifestDocument _manifest;
    private readonly KnownRuns _known;
    private readonly FaultList _faults;
    private readonly TableReader _reader;
    private readonly TimeZoneInfo? _zone;
    private readonly bool _whole;
    private readonly SetKeys _keys = new();

    public SetVerifier(string folder, ManifestDocument manifest, KnownRuns known, FaultList faults)
    {
        (_manifest, _known, _faults) = (manifest, known, faults);
        _reader = new TableReader(folder, manifest, faults);
        _zone = TimeZoneInfo.TryFindSystemTimeZoneById(manifest.TimeZone, out var zone) ? zone : null;
        _whole = known.Follow(manifest);
    }

    public void Verify()
    {
        Mailings();
        Events(ExportTable.Clicks, firstKey: 1, hasLink: true);
        Events(ExportTable.Opens, firstKey: 1, hasLink: true);
        Events(ExportTable.AutomatedOpens, firstKey: 0, hasLink: false);
        Events(ExportTable.Unsubscribes, firstKey: 0, hasLink: false);
        Responses();
        Recipients();
        Links();
    }

    private void Mailings()
    {
        foreach (var (row, values) in _reader.Rows(ExportTable.Mailings))
        {
            var id = Number(ExportTable.Mailings, row, values, 0);
            if (!_keys.Started.TryAdd(id, values[4] ?? "")) Broken(ExportTable.Mailings, row, $"mailing {values[0]} is listed twice.");
            if (values[4] is null) Broken(ExportTable.Mailings, row, $"mailing {values[0]} has no start.");
            _known.Mailings.Add(id);
        }
    }

    private void Events(ExportTable table, int firstKey, bool hasLink)
    {
        foreach (var (row, values) in _reader.Rows(table)) Event(table, row, values, firstKey, hasLink);
    }

    private void Responses()
    {
        foreach (var (row, values) in _reader.Rows(ExportTable.Responses))
        {
            Event(ExportTable.Responses, row, values, firstKey: 0, hasLink: false);
            if (!IsCategory(values[5])) Broken(ExportTable.Responses, row, $"category is '{values[5]}'.");
        }
    }

    private void Event(ExportTable table, long row, string?[] values, int firstKey, bool hasLink)
    {
        var file = FileOf(table);
        var (mailing, recipient) = (Number(table, row, values, firstKey), Number(table, row, values, firstKey + 1));
        var address = string.GetHashCode(values[firstKey + 3], StringComparison.Ordinal);
        if (_keys.Recipients.TryGetValue(recipient, out var before) ? before.Address != address : !_keys.Recipients.TryAdd(recipient, (mailing, address, file, row)))
            Broken(table, row, $"mailingToUserId {recipient} has another userId than in {before.File} row {before.Row}.");
        if (hasLink) _keys.Links.TryAdd(Number(table, row, values, 0), (mailing, recipient, file, row));
        if (_whole && !_known.Mailings.Contains(mailing)) Missing(table, row, $"mailingId {mailing} is in no mailings file of this run or an earlier one.");
        if (_keys.Started.TryGetValue(mailing, out var started) && values[firstKey + 4] is { } created && IsBefore(created, started))
            Broken(table, row, $"created is {created}, before the mailing started ({started}).");
    }

    private void Recipients()
    {
        var seen = new HashSet<long>();
        foreach (var (row, values) in _reader.Rows(ExportTable.MailingRecipients))
        {
            var id = Number(ExportTable.MailingRecipients, row, values, 0);
            if (!seen.Add(id)) Broken(ExportTable.MailingRecipients, row, $"id {id} is there twice.");
            if (!_keys.Started.ContainsKey(Number(ExportTable.MailingRecipients, row, values, 1)))
                Missing(ExportTable.MailingRecipients, row, $"mailingId {values[1]} is not in {FileOf(ExportTable.Mailings)}.");
            if (_keys.Recipients.TryGetValue(id, out var named) && named.Address != string.GetHashCode(values[3], StringComparison.Ordinal))
                Broken(ExportTable.MailingRecipients, row, $"id {id} has another userId than in {named.File} row {named.Row}.");
            Status(row, values);
        }

        if (_whole) _known.Recipients.UnionWith(seen);
        foreach (var (id, named) in _keys.Recipients)
        {
            // A mailing that is listed with all its recipients has this one, too; else an earlier run has them.
            var expected = _manifest.Recipients == ExportRecipients.Snapshot && _keys.Started.ContainsKey(named.Mailing) ? seen : _whole ? _known.Recipients : null;
            if (expected is not null && !expected.Contains(id))
                _faults.Add("CL2914", named.File, named.Row, $"mailingToUserId {id.ToString(CultureInfo.InvariantCulture)} is in no mailingrecipients file.");
        }
    }

    private void Links()
    {
        var last = long.MinValue;
        foreach (var (row, values) in _reader.Rows(ExportTable.Links))
        {
            var id = Number(ExportTable.Links, row, values, 0);
            if (id <= last) Broken(ExportTable.Links, row, $"id {id} does not come after {last}; ids are unique and in order.");
            last = id;
            if (!_keys.Links.Remove(id, out var named)) continue;
            var shared = _manifest.Links == ExportLinks.Shared;
            if (Number(ExportTable.Links, row, values, 1) != named.Mailing || (shared ? values[2] is not null : Number(ExportTable.Links, row, values, 2) != named.Recipient))
                Broken(ExportTable.Links, row, $"link {id} belongs to another mailing or recipient than in {named.File} row {named.Row}.");
        }

        foreach (var (id, named) in _keys.Links)
            _faults.Add("CL2914", named.File, named.Row, $"linkId {id.ToString(CultureInfo.InvariantCulture)} is not in {FileOf(ExportTable.Links)}.");
    }

    private string FileOf(ExportTable table) => _manifest.Files.First(file => file.Table == table.Key).Name;

    private long Number(ExportTable table, long row, string?[] values, int column)
    {
        if (long.TryParse(values[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        _faults.Add("CL2913", FileOf(table), row, $"{table.Columns[column]} is no number.");
        return 0;
    }
}
