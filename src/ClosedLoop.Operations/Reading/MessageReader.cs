using System.Globalization;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Operations.Reading;

/// <summary>Tells the story of one message.</summary>
internal sealed class MessageReader(Tables tables, LaneStore lanes, TimeProvider time)
{
    public MessageStory? Read(MailingRow mailing, int sequence, string clientKey, Standing standing)
    {
        var found = tables.First(
            """
            SELECT l.state, l.attempt, l.due_at, l.done_at, l.reply_code, l.reason, r.address FROM ledger l
            JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence WHERE l.mailing_id = $1 AND l.sequence = $2
            """,
            reader => new Outcome((RecipientState)reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.Number(3), reader.Number(4), reader.Text(5), reader.GetString(6)),
            mailing.MailingId, sequence);
        return found is null ? null : new MessageStory(
            mailing, clientKey, sequence, found.Address, found.State, found.Attempts, found.DueAt, found.DoneAt, found.ReplyCode, found.Reason,
            Explain(mailing, found, standing), Steps(mailing, sequence, found));
    }

    private string Explain(MailingRow mailing, Outcome outcome, Standing standing) => outcome.State switch
    {
        RecipientState.Sent => $"Handed to the relay, which took it{(outcome.ReplyCode is { } code ? string.Create(CultureInfo.InvariantCulture, $" ({code})") : "")}.",
        RecipientState.Failed => $"Not delivered: {outcome.Reason ?? "refused"}.",
        RecipientState.Suppressed => $"Not sent: {outcome.Reason ?? "suppressed"}.{Origin(standing)}",
        RecipientState.Unknown => "In doubt: the process or the connection ended after the message may have been handed over. It is not sent again by itself; a resend of the mailing with --unknown does that.",
        RecipientState.Cancelled => "Not sent: the mailing was cancelled before it was this person's turn.",
        RecipientState.Sending => "Being handed over right now.",
        _ => Waits(mailing, outcome),
    };

    private static string Origin(Standing standing)
    {
        var reasons = standing.Suppressions.Select(line => string.Create(CultureInfo.InvariantCulture,
            $" {char.ToUpperInvariant(line.Kind[0])}{line.Kind[1..]} since {Instants.FromMicroseconds(line.At):yyyy-MM-dd HH:mm} UTC by {(line.Pattern is null ? line.Origin : $"pattern {line.Pattern} ({line.Origin})")}{(line.MailingId is { } id ? $", from mailing {id}" : "")}.")).ToList();
        if (reasons.Count == 0 && standing.OverLimit)
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $" Bounces counted: {standing.Hard} hard (limit {standing.HardLimit}), {standing.Soft} soft (limit {standing.SoftLimit})."));
        return reasons.Count == 0 ? " What stood against it then is no longer on record: mail would be sent now." : string.Concat(reasons);
    }

    private string Waits(MailingRow mailing, Outcome outcome)
    {
        var now = time.NowMicroseconds();
        switch (mailing.State)
        {
            case MailingState.Paused: return "Waits: the mailing is paused.";
            case MailingState.Queued when mailing.StartAt > now: return string.Create(CultureInfo.InvariantCulture, $"Waits: the mailing starts at {Instants.FromMicroseconds(mailing.StartAt.Value):yyyy-MM-dd HH:mm} UTC.");
            case MailingState.Queued or MailingState.Prepared: return "Waits: the mailing is queued behind another copy of its source.";
        }

        if (outcome.DueAt > now)
            return string.Create(CultureInfo.InvariantCulture, $"Waits until {Instants.FromMicroseconds(outcome.DueAt):yyyy-MM-dd HH:mm:ss} UTC: {outcome.Reason ?? "delayed"}.");
        var hold = lanes.All().FirstOrDefault(lane => lane.Until > now && outcome.Address.EndsWith("@" + lane.Name[(lane.Name.LastIndexOf('/') + 1)..], StringComparison.OrdinalIgnoreCase));
        return hold is null ? "Waits for its turn." : $"Waits: lane {hold.Name} is held ({hold.Reason}).";
    }

    private List<StoryStep> Steps(MailingRow mailing, int sequence, Outcome outcome)
    {
        List<StoryStep> steps = [new(mailing.CreatedAt, "taken over from the file", null, "wait")];
        if (mailing.StartedAt is { } started) steps.Add(new(started, "the mailing started", null, "wait"));
        steps.AddRange(tables.Read(
            "SELECT COALESCE(done_at, recorded), state, reply_code, reason, taken_back FROM ledger_past WHERE mailing_id = $1 AND sequence = $2",
            reader => Ended(reader.GetInt64(0), (RecipientState)reader.GetInt32(1), reader.Number(2), reader.Text(3), reader.IsDBNull(4) ? " (until the provider reported)" : " (taken back by a resend)"), mailing.MailingId, sequence));
        if (outcome.DoneAt is { } done) steps.Add(Ended(done, outcome.State, outcome.ReplyCode, outcome.Reason, ""));
        steps.AddRange(tables.Read(
            "SELECT occurred_at, kind, automated, link_ordinal, COALESCE(browser, ''), COALESCE(platform, ''), COALESCE(device, '') FROM event WHERE mailing_id = $1 AND sequence = $2 ORDER BY occurred_at LIMIT 200",
            reader => new StoryStep(reader.GetInt64(0), Event(reader.GetInt32(1), reader.GetInt64(2) != 0, reader.GetInt32(3)),
                string.Join(" · ", new[] { reader.GetString(4), reader.GetString(5), reader.GetString(6) }.Where(text => text.Length > 0)), reader.GetInt32(1) == 3 ? "warn" : reader.GetInt64(2) != 0 ? "dim" : "good"),
            mailing.MailingId, sequence));
        steps.AddRange(tables.Read(
            "SELECT occurred_at, category, origin, detail FROM response WHERE mailing_id = $1 AND sequence = $2",
            reader => new StoryStep(reader.GetInt64(0), Wording.Category((ResponseCategory)reader.GetInt32(1)), $"by {reader.GetString(2)}: {reader.Text(3)}", reader.GetInt32(1) is 1 or 2 or 3 ? "bad" : "dim"),
            mailing.MailingId, sequence));
        return [.. steps.OrderBy(step => step.At)];
    }

    private static StoryStep Ended(long at, RecipientState state, long? reply, string? reason, string more) => new(
        at, Wording.State(state) + more, string.Join(" ", new[] { reply?.ToString(CultureInfo.InvariantCulture), reason }.OfType<string>()), Wording.Tone(state));

    private static string Event(int kind, bool automated, int link) => kind switch
    {
        1 => automated ? "opened by a machine" : "opened",
        2 => string.Create(CultureInfo.InvariantCulture, $"{(automated ? "link followed by a machine" : "clicked")}: link {link}"),
        _ => "unsubscribed",
    };

    private sealed record Outcome(RecipientState State, long Attempts, long DueAt, long? DoneAt, long? ReplyCode, string? Reason, string Address);
}
