using System.Globalization;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Commands;

/// <summary>
/// A mailing as <c>status</c> and <c>mailings ls</c> show it. <c>Start</c> is there while it waits for its time; <c>Purged</c> says when its recipients were given up
/// to retention, which leaves the counts.
/// </summary>
internal sealed record MailingStatus(
    long Id, string Name, string State, DateTimeOffset? Start, DateTimeOffset? Started, DateTimeOffset? Finished, bool Test, int Resends, DateTimeOffset? Purged,
    long Accepted, LedgerCounts Counts, bool AddsUp)
{
    public static IReadOnlyList<MailingStatus> Latest(MailingStore mailings, RecipientLedger ledger, int count) =>
        [.. mailings.Latest(count).Select(row => Of(row, ledger.Count(row.MailingId)))];

    public string Line() => string.Create(CultureInfo.InvariantCulture,
        $"  {Id}  {State,-9} accepted {Accepted} = waiting {Counts.Waiting} + sending {Counts.Sending} + sent {Counts.Sent} + failed {Counts.Failed} + suppressed {Counts.Suppressed} + unknown {Counts.Unknown} + cancelled {Counts.Cancelled} {(AddsUp ? "✓" : $"✗ {Accepted - Counts.Total} missing")}{Remarks()}");

    private string Remarks()
    {
        var remarks = new List<string>();
        if (Start is { } start) remarks.Add(string.Create(CultureInfo.InvariantCulture, $"starts {start:u}"));
        if (Test) remarks.Add("test");
        if (Resends > 0) remarks.Add(string.Create(CultureInfo.InvariantCulture, $"resends {Resends}"));
        if (Purged is { } purged) remarks.Add(string.Create(CultureInfo.InvariantCulture, $"recipients removed {purged:u}"));
        return string.Concat(remarks.Select(remark => "  " + remark));
    }

    private static MailingStatus Of(MailingRow row, LedgerCounts counts) => new(
        row.MailingId, row.Name, row.State.ToString(),
        row.State is MailingState.Prepared or MailingState.Queued or MailingState.Paused && row.StartedAt is null ? Time(row.StartAt) : null,
        Time(row.StartedAt), Time(row.FinishedAt), row.Test, row.Resends, Time(row.PurgedAt), row.Accepted, counts, counts.Total == row.Accepted);

    private static DateTimeOffset? Time(long? microseconds) => microseconds is { } at ? Instants.FromMicroseconds(at) : null;
}
