using System.Data.Common;
using System.Globalization;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Model.Verdicts;

namespace ClosedLoop.Operations.Reading;

/// <summary>Tells the story of one message.</summary>
internal sealed class MessageReader(Tables tables, LaneStore lanes, TimeProvider time)
{
    /// <summary>Opens and clicks of the messages that are told, together.</summary>
    private const int MostEvents = 1_000;

    public MessageStory? Read(MailingRow mailing, int sequence, string clientKey, Standing standing) => Read([new MessagePlace(mailing, sequence, clientKey, standing)]) is [var story] ? story : null;

    /// <summary>Stories of several messages, in their order, with as many questions to the database as for one: each is a way to another machine and back.</summary>
    public IReadOnlyList<MessageStory> Read(IReadOnlyList<MessagePlace> places)
    {
        if (places.Count == 0) return [];

        // Numbers out of the database, not what somebody typed.
        var keys = $"WITH k(mailing_id, sequence) AS (VALUES {string.Join(", ", places.Select(place => string.Create(CultureInfo.InvariantCulture, $"({place.Mailing.MailingId}, {place.Sequence})")))})";
        var outcomes = tables.Read(
            $"""
            {keys} SELECT k.mailing_id, k.sequence, l.state, l.attempt, l.due_at, l.done_at, l.reply_code, l.reason, r.address FROM k
            JOIN ledger l ON l.mailing_id = k.mailing_id AND l.sequence = k.sequence
            JOIN recipient r ON r.mailing_id = k.mailing_id AND r.sequence = k.sequence
            """,
            reader => (Key: Key(reader), Outcome: new Outcome((RecipientState)reader.GetInt32(2), reader.GetInt64(3), reader.GetInt64(4), reader.Number(5), reader.Number(6), reader.Text(7), reader.GetString(8))))
            .ToDictionary(found => found.Key, found => found.Outcome);
        var steps = Steps(keys);
        var stories = new List<MessageStory>();
        foreach (var place in places)
        {
            var (mailing, key) = (place.Mailing, (place.Mailing.MailingId, (long)place.Sequence));
            if (!outcomes.TryGetValue(key, out var found)) continue;
            stories.Add(new MessageStory(
                mailing, place.ClientKey, place.Sequence, found.Address, found.State, found.Attempts, found.DueAt, found.DoneAt, found.ReplyCode, found.Reason,
                Explain(mailing, found, place.Standing), [.. First(mailing, found).Concat(steps[key]).OrderBy(step => step.At)]));
        }

        return stories;
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

    private static IEnumerable<StoryStep> First(MailingRow mailing, Outcome outcome)
    {
        yield return new(mailing.CreatedAt, "taken over from the file", null, "wait");
        if (mailing.StartedAt is { } started) yield return new(started, "the mailing started", null, "wait");
        if (outcome.DoneAt is { } done) yield return Ended(done, outcome.State, outcome.ReplyCode, outcome.Reason, "");
    }

    private ILookup<(long MailingId, long Sequence), StoryStep> Steps(string keys)
    {
        const string OfKey = "ON t.mailing_id = k.mailing_id AND t.sequence = k.sequence";
        var steps = tables.Read(
            $"{keys} SELECT k.mailing_id, k.sequence, COALESCE(t.done_at, t.recorded), t.state, t.reply_code, t.reason, t.taken_back FROM k JOIN ledger_past t {OfKey}",
            reader => (Key: Key(reader), Step: Ended(reader.GetInt64(2), (RecipientState)reader.GetInt32(3), reader.Number(4), reader.Text(5), reader.IsDBNull(6) ? " (until the provider reported)" : " (taken back by a resend)")));
        steps.AddRange(tables.Read(
            $"{keys} SELECT k.mailing_id, k.sequence, t.occurred_at, t.kind, {VerdictLine.Sql.Replace("e.", "t.", StringComparison.Ordinal)}, t.link_ordinal, COALESCE(t.browser, ''), COALESCE(t.platform, ''), COALESCE(t.device, ''), t.score, t.reasons FROM k JOIN event t {OfKey} ORDER BY t.occurred_at LIMIT {MostEvents}",
            reader => (Key(reader), new StoryStep(reader.GetInt64(2), Event(reader.GetInt32(3), reader.GetInt64(4) != 1, reader.GetInt32(5)),
                string.Join(" · ", new[] { reader.GetString(6), reader.GetString(7), reader.GetString(8), Verdict(reader) }.Where(text => text.Length > 0)), reader.GetInt32(3) == 3 ? "warn" : reader.GetInt64(4) != 1 ? "dim" : "good"))));
        steps.AddRange(tables.Read(
            $"{keys} SELECT k.mailing_id, k.sequence, t.occurred_at, t.category, t.origin, t.detail, t.overruled FROM k JOIN response t {OfKey}",
            reader => (Key(reader), new StoryStep(reader.GetInt64(2), Wording.Category((ResponseCategory)reader.GetInt32(3)) + (reader.IsDBNull(6) ? "" : " (read otherwise since)"), $"by {reader.GetString(4)}: {reader.Text(5)}", reader.GetInt32(3) is 1 or 2 or 3 ? "bad" : "dim"))));
        return steps.ToLookup(step => step.Key, step => step.Step);
    }

    private static (long MailingId, long Sequence) Key(DbDataReader reader) => (reader.GetInt64(0), reader.GetInt64(1));

    private static StoryStep Ended(long at, RecipientState state, long? reply, string? reason, string more) => new(
        at, Wording.State(state) + more, string.Join(" ", new[] { reply?.ToString(CultureInfo.InvariantCulture), reason }.OfType<string>()), Wording.Tone(state));

    private static string Verdict(DbDataReader reader) =>
        reader.IsDBNull(9) ? "" : VerdictWords.Line((EventVerdict)reader.GetInt32(4), reader.GetInt32(9), (EventSigns)reader.GetInt32(10));

    private static string Event(int kind, bool automated, int link) => kind switch
    {
        1 => automated ? "opened by a machine" : "opened",
        2 => string.Create(CultureInfo.InvariantCulture, $"{(automated ? "link followed by a machine" : "clicked")}: link {link}"),
        _ => "unsubscribed",
    };

    private sealed record Outcome(RecipientState State, long Attempts, long DueAt, long? DoneAt, long? ReplyCode, string? Reason, string Address);
}
