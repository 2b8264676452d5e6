using System.Globalization;
using System.Runtime.InteropServices;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;

namespace ClosedLoop.Data.Events;

public sealed partial class EventStore
{
    /// <summary>Most events of one recipient that are looked at together: whoever asks for one link without end costs no more than this.</summary>
    public const int MostNeighbours = 64;

    /// <summary>The same when events are judged again.</summary>
    private const int MostAtOnce = 2_000;

    /// <summary>Judges events again that older rules have judged, in the order of their numbers. What published files say of them stays as it is.</summary>
    /// <param name="rules">The version in force.</param>
    /// <param name="block">Most events in this transaction.</param>
    /// <returns>How many were looked at; 0 when there is nothing more to do for this version.</returns>
    public Task<int> JudgeAgainAsync(int rules, int block) => writer.WriteAsync(context =>
    {
        // Two silos may do this at once. Each block is read and marked in one transaction, so they share the work.
        if (context.Scalar("SELECT finished FROM verdict_run WHERE rules = $1", rules) == 1) return 0;
        var from = context.Scalar("SELECT event_id FROM verdict_run WHERE rules = $1", rules);
        var (recipients, count, last) = (new Dictionary<(long Mailing, long Sequence), (long Client, long From, long To)>(), 0, from);
        using (var reader = context.Statement(
            "SELECT event_id, client_id, mailing_id, sequence, occurred_at FROM event WHERE event_id > $1 AND rules < $2 AND kind <= 2 ORDER BY event_id LIMIT $3").Query(from, rules, block))
        {
            while (reader.Read())
            {
                (last, count) = (reader.GetInt64(0), count + 1);
                Note(recipients, reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
            }
        }

        foreach (var (key, span) in recipients) JudgeRecipient(context, span.Client, key.Mailing, key.Sequence, span.From, span.To, rules, since: 0, MostAtOnce);
        context.Execute(
            "INSERT INTO verdict_run (rules, event_id, finished) VALUES ($1, $2, $3) ON CONFLICT (rules) DO UPDATE SET event_id = $2, finished = $3", rules, last, count < block ? 1 : 0);
        return count;
    });

    private static void Note(Dictionary<(long Mailing, long Sequence), (long Client, long From, long To)> recipients, long client, long mailing, long sequence, long at)
    {
        ref var span = ref CollectionsMarshal.GetValueRefOrAddDefault(recipients, (mailing, sequence), out var known);
        span = known ? (client, Math.Min(span.From, at), Math.Max(span.To, at)) : (client, at, at);
    }

    /// <summary>An event that later ones can put in another light, or that puts earlier ones there: everything but a lone open some time after the hand-over.</summary>
    private static bool HasNeighbours(TrackedEvent tracked, long? handedOverAt) =>
        tracked.Kind == TrackedEventKind.Click || (handedOverAt is { } at && tracked.OccurredAt - at < VerdictRules.Window);

    /// <summary>
    /// Judges the opens and clicks of one recipient between two moments, and those near them, in the light of each other. Only what was recorded later than
    /// <paramref name="since"/> is read: on partitions that spares looking through every day.
    /// </summary>
    private static void JudgeRecipient(WriteContext context, long client, long mailing, long sequence, long from, long to, int rules, long since, int limit)
    {
        var (rows, events) = Neighbours(context, mailing, sequence, from - (2 * VerdictRules.Window), to + (2 * VerdictRules.Window), since, limit);
        var handedOver = HandedOver(context, mailing, sequence);
        long? cut = null;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (events[i].OccurredAt < from - VerdictRules.Window || events[i].OccurredAt > to + VerdictRules.Window) continue;
            var judged = VerdictRules.Judge(events[i], handedOver, CollectionsMarshal.AsSpan(events));
            if ((int)judged.Verdict == row.Verdict && judged.Score == row.Score && (int)judged.Signs == row.Reasons && row.Rules == rules) continue;

            // A day that was cut must rebuild to the same bytes, so its files keep the verdict they were written with.
            cut ??= context.Scalar("SELECT MAX(cut_to) FROM export_run WHERE scope = $1", client.ToString(CultureInfo.InvariantCulture));
            context.Execute(
                "UPDATE event SET verdict = $3, score = $4, reasons = $5, rules = $6, filed = CASE WHEN recorded > $7 THEN $3 ELSE filed END WHERE event_id = $1 AND recorded = $2",
                row.EventId, row.Recorded, (int)judged.Verdict, judged.Score, (int)judged.Signs, rules, cut);
        }
    }

    private static (List<StoredVerdict> Rows, List<JudgedEvent> Events) Neighbours(WriteContext context, long mailing, long sequence, long from, long to, long since, int limit)
    {
        var (rows, events) = (new List<StoredVerdict>(), new List<JudgedEvent>());
        using var reader = context.Statement(
            """
            SELECT event_id, recorded, kind, link_ordinal, occurred_at, verdict, score, reasons, rules FROM event
            WHERE mailing_id = $1 AND sequence = $2 AND kind <= 2 AND occurred_at BETWEEN $3 AND $4 AND recorded > $5 AND reasons IS NOT NULL
            ORDER BY occurred_at DESC, event_id DESC LIMIT $6
            """).Query(mailing, sequence, from, to, since, limit);
        while (reader.Read())
        {
            rows.Add(new StoredVerdict(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(5), reader.GetInt32(6), reader.GetInt32(7), reader.GetInt32(8)));
            events.Add(new JudgedEvent((TrackedEventKind)reader.GetInt32(2), reader.GetInt32(3), reader.GetInt64(4), (EventSigns)reader.GetInt32(7) & EventSigns.Seen));
        }

        rows.Reverse();
        events.Reverse();
        return (rows, events);
    }

    private static long? HandedOver(WriteContext context, long mailing, long sequence) =>
        context.Scalar("SELECT done_at FROM ledger WHERE mailing_id = $1 AND sequence = $2 AND state = 2", mailing, sequence) is > 0 and var at ? at : null;
}
