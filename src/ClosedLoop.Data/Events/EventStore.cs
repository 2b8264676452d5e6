using System.Runtime.InteropServices;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Data.Events;

/// <summary>
/// Opens, clicks and unsubscribes as rows. A batch and the place in the spool it ends at are stored in one transaction:
/// after a crash the drain goes on from that place, so that each event is stored exactly once.
/// </summary>
public sealed partial class EventStore(Database database, LedgerWriter writer, ILogger<EventStore> logger)
{
    private const long Hour = 3_600_000_000;

    private readonly ILogger _logger = logger;

    /// <summary>Where the spool is to be read on from.</summary>
    public SpoolMark MarkOf(string spool)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT segment, position FROM spool_position WHERE spool = $1");
        using var reader = statement.Query(spool);
        return reader.Read() ? new SpoolMark(reader.GetInt64(0), reader.GetInt64(1)) : default;
    }

    /// <summary>Stores what lies between two places of a spool; durable when awaited.</summary>
    /// <param name="spool">Name of the spool.</param>
    /// <param name="from">Where the batch begins: must be <see cref="MarkOf"/>.</param>
    /// <param name="next">Where it ends.</param>
    /// <param name="events">The events between.</param>
    /// <exception cref="InvalidOperationException">Somebody else has drained the spool meanwhile; nothing was stored.</exception>
    public async Task<StoredEvents> StoreAsync(string spool, SpoolMark from, SpoolMark next, IReadOnlyList<ResolvedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var result = await writer.WriteAsync(context =>
        {
            Advance(context, spool, from, next);
            return Store(context, events);
        }).ConfigureAwait(false);
        if (result.Dropped > 0) LogDropped(result.Dropped, spool, from.Segment, from.Offset, next.Segment, next.Offset);
        return result;
    }

    /// <summary>The place is compared in the transaction that moves it: two drains of one spool cannot both store a batch.</summary>
    private static void Advance(WriteContext context, string spool, SpoolMark from, SpoolMark next)
    {
        var moved = context.Execute(
            "UPDATE spool_position SET segment = $4, position = $5 WHERE spool = $1 AND segment = $2 AND position = $3",
            spool, from.Segment, from.Offset, next.Segment, next.Offset);
        if (moved == 1) return;
        var begun = from == default ? context.Execute(
            "INSERT INTO spool_position (spool, segment, position) VALUES ($1, $2, $3) ON CONFLICT (spool) DO NOTHING", spool, next.Segment, next.Offset) : 0;
        if (begun == 0)
        {
            throw new InvalidOperationException(
                $"CL3004: spool '{spool}' is no longer at {from.Segment}:{from.Offset}. Two processes drain it, or its folder was restored from a copy; each spool needs a name of its own.");
        }
    }

    private static StoredEvents Store(WriteContext context, IReadOnlyList<ResolvedEvent> events)
    {
        var mailings = new Dictionary<long, (long ClientId, bool Purged)>();
        var neighbours = new Dictionary<(long Mailing, long Sequence), (long Client, long From, long To)>();
        var (stored, repeated, dropped, expired, withheld) = (0, 0, 0, 0, 0);
        foreach (var resolved in events)
        {
            var tracked = resolved.Event;
            var (clientId, purged) = MailingOf(context, mailings, tracked.MailingId);
            var address = clientId == 0 ? null : AddressOf(context, tracked.MailingId, tracked.RecipientSequence);
            if (purged)
            {
                // Nothing is known of such a mailing any more, but whoever wants no more mail still gets none.
                if (address is not null && tracked.Kind == TrackedEventKind.Unsubscribe) Unsubscribe(context, clientId, address, tracked);
                expired++;
            }
            else if (address is null)
            {
                dropped++;
            }
            else if (tracked.Kind == TrackedEventKind.Unsubscribe && !Unsubscribe(context, clientId, address, tracked))
            {
                repeated++;
            }
            else if (tracked.Kind != TrackedEventKind.Unsubscribe && UntrackedList.Contains(context, clientId, address))
            {
                withheld++;
            }
            else
            {
                Insert(context, clientId, resolved, neighbours);
                stored++;
            }
        }

        // What belongs together is stored within moments; an hour leaves room for a drain that was behind.
        foreach (var (key, span) in neighbours) JudgeRecipient(context, span.Client, key.Mailing, key.Sequence, span.From, span.To, VerdictRules.Version, context.Stamp - Hour, MostNeighbours);
        return new StoredEvents(stored, repeated, dropped, expired, withheld);
    }

    private static bool Unsubscribe(WriteContext context, long clientId, string address, TrackedEvent tracked) => SuppressionStore.Add(
        context, clientId, address, SuppressionKind.Unsubscribed, tracked.Flags.HasFlag(TrackedEventFlags.OneClick) ? "one-click" : "page",
        tracked.MailingId, (int)tracked.RecipientSequence);

    private static void Insert(
        WriteContext context, long clientId, in ResolvedEvent resolved, Dictionary<(long Mailing, long Sequence), (long Client, long From, long To)> neighbours)
    {
        var tracked = resolved.Event;
        Judgement? judged = null;
        if (resolved.Seen is { } seen && tracked.Kind != TrackedEventKind.Unsubscribe)
        {
            var handedOver = HandedOver(context, tracked.MailingId, tracked.RecipientSequence);
            judged = VerdictRules.Judge(new JudgedEvent(tracked.Kind, tracked.LinkOrdinal, tracked.OccurredAt, seen), handedOver, []);
            if (HasNeighbours(tracked, handedOver)) Note(neighbours, clientId, tracked.MailingId, tracked.RecipientSequence, tracked.OccurredAt);
        }

        int? verdict = judged is { } known ? (int)known.Verdict : null;
        context.Execute(
            """
            INSERT INTO event (kind, client_id, mailing_id, sequence, link_ordinal, automated, occurred_at, recorded, browser, platform, device, verdict, score, reasons, rules, filed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $12)
            """,
            (int)tracked.Kind, clientId, tracked.MailingId, tracked.RecipientSequence, tracked.LinkOrdinal,
            tracked.Flags.HasFlag(TrackedEventFlags.Automatic) ? 1 : 0, tracked.OccurredAt, context.Stamp,
            resolved.Browser, resolved.Platform, resolved.Device, verdict, judged?.Score, (int?)judged?.Signs, verdict is null ? null : VerdictRules.Version);
    }

    private static (long ClientId, bool Purged) MailingOf(WriteContext context, Dictionary<long, (long ClientId, bool Purged)> known, long mailingId)
    {
        ref var mailing = ref CollectionsMarshal.GetValueRefOrAddDefault(known, mailingId, out var found);
        if (found) return mailing;
        using var reader = context.Statement("SELECT client_id, purged FROM mailing WHERE mailing_id = $1 AND state <> 0").Query(mailingId);
        return mailing = reader.Read() ? (reader.GetInt64(0), reader.GetInt32(1) > 0) : default;
    }

    private static string? AddressOf(WriteContext context, long mailingId, long sequence)
    {
        using var reader = context.Statement(
            """
            SELECT address FROM recipient WHERE mailing_id = $1 AND sequence = $2
            UNION ALL SELECT address FROM unsubscribe_stub WHERE mailing_id = $1 AND sequence = $2
            """).Query(mailingId, sequence);
        return reader.Read() ? reader.GetString(0) : null;
    }
}
