using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Channels;

/// <summary>
/// SMS of which nobody knows whether the provider took them: the process ended, or no answer came (decision 028). A receipt that carries our reference proves that it did, and
/// ends the doubt in the transaction that stores it. Receipts that were faster than the doubt are found when it begins.
/// </summary>
internal static class DoubtfulMessages
{
    private const string Settled = "L606 was in doubt until the provider reported it";

    /// <summary>Recipients of a slice whose claims a run has left, with their addresses; empty for other channels than SMS, whose providers send no receipts.</summary>
    public static IReadOnlyList<(int Sequence, string Address)> Claimed(WriteContext context, long mailingId, int from, int to)
    {
        if (context.Scalar("SELECT channel FROM mailing WHERE mailing_id = $1", mailingId) != (int)MessageChannel.Sms) return [];
        using var reader = context.Statement(
            """
            SELECT l.sequence, r.address FROM ledger l JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
            WHERE l.mailing_id = $1 AND l.sequence >= $2 AND l.sequence < $3 AND l.state = 1
            """).Query(mailingId, from, to);
        var claimed = new List<(int, string)>();
        while (reader.Read()) claimed.Add((reader.GetInt32(0), reader.GetString(1)));
        return claimed;
    }

    /// <summary>The doubt begins; what the provider has reported meanwhile may end it at once.</summary>
    /// <param name="context">The transaction that records it.</param>
    /// <param name="mailingId">The mailing.</param>
    /// <param name="sequence">The recipient, whose row has its new state already.</param>
    /// <param name="address">His phone number.</param>
    public static void Add(WriteContext context, long mailingId, int sequence, string address)
    {
        if (Begin(context, mailingId, sequence, address) is { } doubt) LookBack(context, doubt);
    }

    /// <summary>The same of an outcome, with the parts that the provider has answered for.</summary>
    public static void Add(WriteContext context, SendOutcome outcome)
    {
        if (Begin(context, outcome.MailingId, outcome.Sequence, outcome.Address) is not { } doubt) return;
        foreach (var id in outcome.ProviderIds) Note(context, doubt, outcome.Provider!, id, outcome.Address, outcome.Parts);
        foreach (var id in outcome.ProviderIds) ReceiptStore.Settle(context, outcome.Provider!, id);
        LookBack(context, doubt);
    }

    /// <summary>Notes the provider's id of a message in doubt that a receipt names by our reference.</summary>
    public static void Recognise(WriteContext context, ChannelReceipt receipt)
    {
        if (receipt.Reference is not { } reference || Find(context, receipt.ClientId, reference) is not { } doubt) return;
        using (var reader = context.Statement("SELECT address FROM recipient WHERE mailing_id = $1 AND sequence = $2").Query(doubt.MailingId, doubt.Sequence))
        {
            if (!reader.Read()) return;
            var address = reader.GetString(0);
            reader.Close();
            Note(context, doubt, receipt.Provider, receipt.ProviderId, address, receipt.Parts);
        }
    }

    /// <summary>
    /// Ends the doubt about a message when enough is known: sent when the provider has given an id to each part, failed when one part is reported lost. A recipient who waits to be
    /// sent to again under the policy <c>resend</c> does not wait any more.
    /// </summary>
    public static void Resolve(WriteContext context, TakenMessage message)
    {
        if (OpenAt(context, message) is not { } doubt) return;
        var known = context.Scalar("SELECT COUNT(*) FROM channel_message WHERE mailing_id = $1 AND sequence = $2 AND recorded = $3", message.MailingId, message.Sequence, message.Recorded);
        var isLost = context.Scalar(
            "SELECT COUNT(*) FROM channel_outcome WHERE mailing_id = $1 AND sequence = $2 AND sent = $3 AND state <> $4", message.MailingId, message.Sequence, message.Recorded, (int)ReceiptState.Delivered) > 0;
        if (known < message.Parts && !isLost) return;
        var last = context.Scalar(
            "SELECT COALESCE(MAX(r.occurred_at), 0) FROM channel_receipt r WHERE r.mailing_id = $1 AND r.sequence = $2", message.MailingId, message.Sequence);

        // How it stood until now, for a daily file that is made once more.
        context.Execute(
            """
            INSERT INTO ledger_past (mailing_id, sequence, recorded, state, done_at, reply_code, reason)
            SELECT mailing_id, sequence, recorded, state, done_at, reply_code, reason FROM ledger WHERE mailing_id = $1 AND sequence = $2 AND state = 5
            """, message.MailingId, message.Sequence);
        context.Execute(
            "UPDATE ledger SET state = $3, done_at = $4, recorded = $5, reason = $6 WHERE mailing_id = $1 AND sequence = $2 AND state IN (0, 5)",
            message.MailingId, message.Sequence, (int)(known >= message.Parts ? RecipientState.Sent : RecipientState.Failed), last, context.Stamp, Settled);
        context.Execute("UPDATE channel_doubt SET settled = $5 WHERE mailing_id = $1 AND sequence = $2 AND resends = $3 AND attempt = $4", doubt.MailingId, doubt.Sequence, doubt.Resends, doubt.Attempt, context.Stamp);

        // Whoever passes results on looks at the mailing once more.
        context.Execute("UPDATE optimove_mailing SET settled = 0 WHERE mailing_id = $1", message.MailingId);
    }

    private static Doubt? Begin(WriteContext context, long mailingId, int sequence, string address)
    {
        long client;
        int resends;
        int attempt;
        using (var reader = context.Statement(
            "SELECT m.client_id, m.resends, l.attempt FROM mailing m JOIN ledger l ON l.mailing_id = m.mailing_id WHERE m.mailing_id = $1 AND l.sequence = $2 AND m.channel = $3").Query(mailingId, sequence, (int)MessageChannel.Sms))
        {
            if (!reader.Read()) return null;
            (client, resends, attempt) = (reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2));
        }

        var reference = MessageReferences.Of(mailingId, sequence, resends, attempt);
        var doubt = new Doubt(client, mailingId, sequence, resends, attempt, reference, MessageReferences.Short(address, MessageReferences.MarkOf(reference)), context.Stamp);
        context.Execute(
            """
            INSERT INTO channel_doubt (mailing_id, sequence, resends, attempt, client_id, reference, short_reference, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (mailing_id, sequence, resends, attempt) DO NOTHING
            """, mailingId, sequence, resends, attempt, client, reference, doubt.ShortReference, context.Stamp);
        return doubt;
    }

    /// <summary>Receipts that came before the doubt, as of a gateway that reports while its answer is lost.</summary>
    private static void LookBack(WriteContext context, Doubt doubt)
    {
        var early = new List<ChannelReceipt>();
        using (var reader = context.Statement(
            """
            SELECT provider, provider_id, state, reference, part, parts, occurred_at FROM channel_receipt
            WHERE client_id = $1 AND reference IN ($2, $3) AND reference IS NOT NULL AND mailing_id IS NULL ORDER BY recorded
            """).Query(doubt.ClientId, doubt.Reference, doubt.ShortReference))
        {
            while (reader.Read())
            {
                early.Add(new ChannelReceipt
                {
                    ClientId = doubt.ClientId,
                    Provider = reader.GetString(0),
                    ProviderId = reader.GetString(1),
                    State = (ReceiptState)reader.GetInt32(2),
                    Reference = reader.GetString(3),
                    Part = reader.GetInt32(4),
                    Parts = reader.GetInt32(5),
                    OccurredAt = reader.GetInt64(6),
                });
            }
        }

        foreach (var receipt in early)
        {
            Recognise(context, receipt);
            ReceiptStore.Settle(context, receipt.Provider, receipt.ProviderId);
        }
    }

    private static void Note(WriteContext context, Doubt doubt, string provider, string id, string address, int parts) => context.Execute(
        """
        INSERT INTO channel_message (provider, provider_id, client_id, mailing_id, sequence, address, parts, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (provider, provider_id) DO NOTHING
        """, provider, id, doubt.ClientId, doubt.MailingId, doubt.Sequence, address, parts, doubt.Recorded);

    /// <summary>The one message in doubt that has this name; null for none, and for two that cannot be told apart.</summary>
    private static Doubt? Find(WriteContext context, long clientId, string reference)
    {
        var found = new List<Doubt>();
        using (var reader = context.Statement($"SELECT {Doubt.Columns} FROM channel_doubt WHERE client_id = $1 AND (reference = $2 OR short_reference = $2) AND settled IS NULL").Query(clientId, reference))
        {
            while (reader.Read()) found.Add(Doubt.Read(reader));
        }

        found.RemoveAll(doubt => !IsOpen(context, doubt));
        return found is [var only] ? only : null;
    }

    private static Doubt? OpenAt(WriteContext context, TakenMessage message)
    {
        Doubt? doubt;
        using (var reader = context.Statement($"SELECT {Doubt.Columns} FROM channel_doubt WHERE mailing_id = $1 AND sequence = $2 AND recorded = $3 AND settled IS NULL").Query(message.MailingId, message.Sequence, message.Recorded))
        {
            doubt = reader.Read() ? Doubt.Read(reader) : null;
        }

        return doubt is not null && IsOpen(context, doubt) ? doubt : null;
    }

    /// <summary>Nothing has been done about the recipient since: neither another attempt nor a resend, whose claims count anew.</summary>
    private static bool IsOpen(WriteContext context, Doubt doubt) => context.Scalar(
        """
        SELECT COUNT(*) FROM ledger l JOIN mailing m ON m.mailing_id = l.mailing_id
        WHERE l.mailing_id = $1 AND l.sequence = $2 AND l.state IN (0, 5) AND l.attempt = $3 AND m.resends = $4
        """, doubt.MailingId, doubt.Sequence, doubt.Attempt, doubt.Resends) == 1;
}
