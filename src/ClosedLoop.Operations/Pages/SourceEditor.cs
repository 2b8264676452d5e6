using System.Buffers;
using System.Globalization;
using System.Text;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Pages;

/// <summary>Shows a source mailing with what lint says of it and how it looks for one recipient.</summary>
internal sealed class SourceEditor(DefinitionStore definitions, ITemplateBench bench, PreviewShelf shelf, AuditStore audit, Tables tables)
{
    public Task<IResult> ShowAsync(HttpContext context, Screens show, Versioned<SourceMailing> source, SourceMailing edited, int? row)
    {
        var client = definitions.FindClient(source.Value.ClientId)!.Value;
        var (mailing, rows) = Newest(source.Value.Id);
        var (address, fields) = row is { } sequence && mailing > 0 ? Recipient(mailing, sequence) ?? Invented(client) : Invented(client);
        var view = bench.Preview(edited, client, address, fields);
        return show.ShowAsync<SourcePage>(context, source.Value.Name, "clients", new SourceModel(
            source, edited, client.Key, bench.Check(edited, client), view, mailing > 0 ? row : null, rows, address, view.Html is null ? "" : shelf.Put(view.Html), edited != source.Value,
            audit.Of(string.Create(CultureInfo.InvariantCulture, $"source/{source.Value.Id}"), 20)), "closedloop lint " + source.Value.Id.ToString(CultureInfo.InvariantCulture));
    }

    private (long Mailing, long Rows) Newest(long sourceId)
    {
        var found = tables.Read(
            "SELECT mailing_id, accepted FROM mailing WHERE source_id = $1 AND state <> 0 AND purged = 0 ORDER BY mailing_id DESC LIMIT 1", reader => (reader.GetInt64(0), reader.GetInt64(1)), sourceId);
        return found.Count == 0 ? (0, 0) : found[0];
    }

    private (string Address, byte[] Fields)? Recipient(long mailing, int sequence)
    {
        var found = tables.Read(
            "SELECT address, fields FROM recipient WHERE mailing_id = $1 AND sequence = $2", reader => (reader.GetString(0), reader.GetFieldValue<byte[]>(1)), mailing, sequence);
        return found.Count == 0 ? null : found[0];
    }

    private static (string Address, byte[] Fields) Invented(ClientDefinition client)
    {
        var fields = new ArrayBufferWriter<byte>();
        foreach (var field in client.List.Fields) RecipientFields.Write(fields, Encoding.UTF8.GetBytes(Sample(field)), isNull: false);
        return ("reader@example.org", fields.WrittenSpan.ToArray());
    }

    private static string Sample(FieldDefinition field) => field.Type switch
    {
        FieldType.Short or FieldType.Integer or FieldType.Long => "1",
        FieldType.Decimal or FieldType.Float => "1.5",
        FieldType.Boolean => "true",
        FieldType.Date => "2026-01-31",
        FieldType.Timestamp => "2026-01-31 12:00:00",
        _ => field.Name == ListDefinition.EmailField ? "reader@example.org" : field.DisplayName ?? field.Name,
    };
}
