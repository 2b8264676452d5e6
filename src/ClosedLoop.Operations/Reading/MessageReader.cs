using System.Data.Common;
using System.Globalization;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
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
                Why.Of(new WhyFacts(mailing, found.State, found.Address, found.DueAt, found.DoneAt, found.ReplyCode, found.Reason, place.Standing), lanes.All, time.NowMicroseconds()), [.. First(mailing, found).Concat(steps[key]).OrderBy(step => step.At)]));
        }

        return stories;
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
                string.Join(" · ", new[] { reader.GetString(6), reader.GetString(7), reader.GetString(8), Verdict(reader) }.Where(text => text.Length > 0)), reader.GetInt32(3) == 3 ? "warn" : reader.GetInt64(4) != 1 ? "dim" : "good", StoryLane.Reader))));
        steps.AddRange(tables.Read(
            $"{keys} SELECT k.mailing_id, k.sequence, t.occurred_at, t.category, t.origin, t.detail, t.overruled FROM k JOIN response t {OfKey}",
            reader => (Key(reader), new StoryStep(reader.GetInt64(2), Wording.Category((ResponseCategory)reader.GetInt32(3)) + (reader.IsDBNull(6) ? "" : " (read otherwise since)"), $"by {reader.GetString(4)}: {reader.Text(5)}", reader.GetInt32(3) is 1 or 2 or 3 ? "bad" : "dim", StoryLane.Answers))));
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
