using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Channels;

/// <summary>
/// What providers of SMS and push report, each once (decision 022): a receipt, the final word about its message, the response that follows and the counters are one
/// transaction. The order in which a message is recorded and its receipts arrive does not matter. A receipt that carries our own reference ends a doubt (decision 028).
/// </summary>
public sealed class ReceiptStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Key under which messages and receipts of a client's provider are stored.</summary>
    public static string KeyOf(string clientKey, string provider) => $"{clientKey}/{provider}";

    /// <summary>Stores receipts; durable when awaited.</summary>
    public Task<ReceiptCounts> AddAsync(params IReadOnlyList<ChannelReceipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        return writer.WriteAsync(context =>
        {
            var (stored, repeated, early) = (0, 0, 0);
            foreach (var receipt in receipts)
            {
                var isKnown = MessageOf(context, receipt.Provider, receipt.ProviderId) is not null;

                // That the provider has it is news of a message in doubt only.
                if ((receipt.State == ReceiptState.Taken && (isKnown || receipt.Reference is null)) || !Insert(context, receipt))
                {
                    repeated++;
                    continue;
                }

                if (!isKnown) DoubtfulMessages.Recognise(context, receipt);
                if (Settle(context, receipt.Provider, receipt.ProviderId)) stored++;
                else early++;
            }

            return new ReceiptCounts(stored + early, repeated, early);
        });
    }

    /// <summary>Whether a report that the provider has the message would be news: the recipient of the reference has no outcome, or is in doubt.</summary>
    public bool IsAwaited(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (MessageReferences.Place(reference) is not { } place) return false;
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT COUNT(*) FROM ledger WHERE mailing_id = $1 AND sequence = $2 AND state IN (0, 1, 5)");
        return statement.Scalar(place.MailingId, place.Sequence) > 0;
    }

    /// <summary>Somebody asked by the channel itself for no more messages: a suppression, and an event of the newest message to the address.</summary>
    /// <param name="clientId">Whose messages.</param>
    /// <param name="address">The ledger's form of it.</param>
    /// <param name="origin">How it was said: <c>sms-stop</c>.</param>
    /// <returns>False when the address was unsubscribed already.</returns>
    public Task<bool> UnsubscribeAsync(long clientId, string address, string origin)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => Unsubscribe(context, clientId, address, origin, Newest(context, clientId, address), now));
    }

    /// <summary>The same in a transaction of the caller, with the message that it is about.</summary>
    internal static bool Unsubscribe(WriteContext context, long clientId, string address, string origin, (long? Mailing, int? Sequence) about, long now)
    {
        var (mailing, sequence) = about;
        if (!SuppressionStore.Add(context, clientId, address, SuppressionKind.Unsubscribed, origin, mailing, sequence)) return false;
        if (mailing is not null)
        {
            context.Execute(
                "INSERT INTO event (kind, client_id, mailing_id, sequence, link_ordinal, automated, occurred_at, recorded) VALUES ($1, $2, $3, $4, 0, 0, $5, $6)",
                (int)TrackedEventKind.Unsubscribe, clientId, mailing, sequence, now, context.Stamp);
        }

        return true;
    }

    /// <summary>Notes the ids under which a provider took a message, in the transaction that records it as sent; receipts that were faster count now.</summary>
    internal static void Taken(WriteContext context, SendOutcome outcome)
    {
        foreach (var id in outcome.ProviderIds)
        {
            // A provider that gives an id twice, as some do after a restart of theirs, means the newest message.
            context.Execute(
                """
                INSERT INTO channel_message (provider, provider_id, client_id, mailing_id, sequence, address, parts, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (provider, provider_id) DO UPDATE SET client_id = excluded.client_id, mailing_id = excluded.mailing_id, sequence = excluded.sequence,
                    address = excluded.address, parts = excluded.parts, recorded = excluded.recorded
                """, outcome.Provider, id, outcome.ClientId, outcome.MailingId, outcome.Sequence, outcome.Address, outcome.ProviderIds.Count, context.Stamp);
        }

        foreach (var id in outcome.ProviderIds) Settle(context, outcome.Provider!, id);
    }

    private static bool Insert(WriteContext context, ChannelReceipt receipt) => context.Execute(
        """
        INSERT INTO channel_receipt (provider, provider_id, state, client_id, code, detail, occurred_at, recorded, reference, part, parts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (provider, provider_id, state) DO NOTHING
        """, receipt.Provider, receipt.ProviderId, (int)receipt.State, receipt.ClientId, Cut(receipt.Code), Cut(receipt.Detail), receipt.OccurredAt, context.Stamp, receipt.Reference, receipt.Part, receipt.Parts) == 1;

    /// <summary>Decides what the receipts of one id say about its message.</summary>
    /// <returns>False when there is no receipt or no message yet.</returns>
    internal static bool Settle(WriteContext context, string provider, string providerId)
    {
        if (MessageOf(context, provider, providerId) is not { } message) return false;
        if (context.Execute(
            "UPDATE channel_receipt SET mailing_id = $3, sequence = $4 WHERE provider = $1 AND provider_id = $2 AND mailing_id IS NULL",
            provider, providerId, message.MailingId, message.Sequence) == 0) return false;
        if (FinalWord(context, provider, message) is { } word) Conclude(context, message, word);
        DoubtfulMessages.Resolve(context, message);
        return true;
    }

    private static void Conclude(WriteContext context, TakenMessage message, (ReceiptState State, long OccurredAt, string Detail) word)
    {
        // The first word is the last one: parts that follow, and reports that contradict it, change nothing.
        if (context.Execute(
            """
            INSERT INTO channel_outcome (mailing_id, sequence, sent, client_id, state, occurred_at, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (mailing_id, sequence, sent) DO NOTHING
            """, message.MailingId, message.Sequence, message.Recorded, message.ClientId, (int)word.State, word.OccurredAt, context.Stamp) == 0) return;
        if (word.State == ReceiptState.Delivered)
        {
            BounceCounters.Delivered(context, message.ClientId, message.Address, word.OccurredAt);
            return;
        }

        ResponseStore.Add(
            context, message.ClientId, message.MailingId, message.Sequence, message.Address,
            word.State == ReceiptState.FailedHard ? ResponseCategory.FatalBounce : ResponseCategory.TemporaryBounce, word.OccurredAt, "receipt", word.Detail);
    }

    private static TakenMessage? MessageOf(WriteContext context, string provider, string providerId)
    {
        using var reader = context.Statement(
            "SELECT client_id, mailing_id, sequence, address, parts, recorded FROM channel_message WHERE provider = $1 AND provider_id = $2").Query(provider, providerId);
        return reader.Read() ? new TakenMessage(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.GetInt32(4), reader.GetInt64(5)) : null;
    }

    /// <summary>Failed as soon as one part is; delivered when all parts are.</summary>
    private static (ReceiptState State, long OccurredAt, string Detail)? FinalWord(WriteContext context, string provider, TakenMessage message)
    {
        using var reader = context.Statement(
            """
            SELECT r.state, r.occurred_at, r.code, r.detail FROM channel_message m
            JOIN channel_receipt r ON r.provider = m.provider AND r.provider_id = m.provider_id
            WHERE m.mailing_id = $1 AND m.sequence = $2 AND m.recorded = $3 AND m.provider = $4 AND r.state > 0 ORDER BY r.recorded, r.provider_id, r.state
            """).Query(message.MailingId, message.Sequence, message.Recorded, provider);
        var (delivered, last) = (0, 0L);
        while (reader.Read())
        {
            var state = (ReceiptState)reader.GetInt32(0);
            if (state != ReceiptState.Delivered) return (state, reader.GetInt64(1), $"{reader.GetString(2)} {reader.GetString(3)}".Trim());
            delivered++;
            last = Math.Max(last, reader.GetInt64(1));
        }

        return delivered >= message.Parts ? (ReceiptState.Delivered, last, "") : null;
    }

    private static (long? Mailing, int? Sequence) Newest(WriteContext context, long clientId, string address)
    {
        using var reader = context.Statement(
            "SELECT mailing_id, sequence FROM channel_message WHERE client_id = $1 AND address = $2 ORDER BY recorded DESC LIMIT 1").Query(clientId, AddressCase.Fold(address));
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt32(1)) : (null, null);
    }

    private static string Cut(string text) => text.Length <= 500 ? text : text[..500];
}
