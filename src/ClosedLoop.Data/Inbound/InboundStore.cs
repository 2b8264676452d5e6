using System.Data.Common;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Events;

namespace ClosedLoop.Data.Inbound;

/// <summary>
/// The register of returned mail. A mail, its response, counters and suppressions are one transaction: whatever shows the same mail again, after a crash or by
/// mistake, finds it registered and changes nothing.
/// </summary>
public sealed class InboundStore(Database database, LedgerWriter writer)
{
    private const string Columns = "mail_id, source, kind, outcome, mailing_id, sequence, sender, recipient, subject, detail, size, path, received_at";

    /// <summary>Registers a mail; durable when awaited.</summary>
    /// <returns>Its number, or 0 when it was registered before.</returns>
    public Task<long> RecordAsync(NewInboundMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return writer.WriteAsync(context => Record(context, mail));
    }

    /// <summary>Binds a mail out of the tray to a message, with all that follows from it.</summary>
    /// <param name="mailId">The mail.</param>
    /// <param name="target">The message.</param>
    /// <param name="meaning">What it says.</param>
    /// <returns>False when it does not wait in the tray.</returns>
    public Task<bool> BindAsync(long mailId, InboundTarget target, ResponseMeaning meaning)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(meaning);
        return writer.WriteAsync(context =>
        {
            var at = context.Scalar("SELECT COALESCE(MAX(received_at), 0) FROM inbound_mail WHERE mail_id = $1 AND outcome = 0", mailId);
            if (at == 0) return false;
            context.Execute("UPDATE inbound_mail SET outcome = $2, client_id = $3, mailing_id = $4, sequence = $5, category = $6, detail = 'bound by an operator' WHERE mail_id = $1",
                mailId, (int)meaning.Outcome, target.ClientId, target.MailingId, target.Sequence, (int?)meaning.Category);
            Follow(context, target, meaning, at, "mail", "bound by an operator");
            return true;
        });
    }

    /// <summary>The message of a mailing and position; null when there is none.</summary>
    public InboundTarget? FindTarget(long mailingId, long sequence)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT m.client_id, r.address, r.sequence FROM recipient r JOIN mailing m ON m.mailing_id = r.mailing_id
            WHERE r.mailing_id = $1 AND r.sequence = $2 AND m.state <> 0
            UNION ALL
            SELECT m.client_id, r.address, r.sequence FROM unsubscribe_stub r JOIN mailing m ON m.mailing_id = r.mailing_id
            WHERE r.mailing_id = $1 AND r.sequence = $2
            """);
        using var reader = statement.Query(mailingId, sequence);
        return reader.Read() ? new InboundTarget(mailingId, reader.GetInt32(2), reader.GetInt64(0), reader.GetString(1)) : null;
    }

    /// <summary>Mails that wait for a person, newest first.</summary>
    public IReadOnlyList<InboundMail> Unmatched(int limit) => Query($"SELECT {Columns} FROM inbound_mail WHERE outcome = 0 AND path IS NOT NULL ORDER BY mail_id DESC LIMIT $1", limit);

    public InboundMail? Find(long mailId) => Query($"SELECT {Columns} FROM inbound_mail WHERE mail_id = $1", mailId).FirstOrDefault();

    /// <summary>Whether an entry has brought this mail before: saves fetching it again.</summary>
    public bool IsKnown(string source, string sourceKey)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT 1 FROM inbound_mail WHERE source = $1 AND source_key = $2");
        return statement.Scalar(source, sourceKey) == 1;
    }

    /// <summary>Raw mails older than a moment (microseconds), oldest first: their files go before their rows lose the path.</summary>
    public IReadOnlyList<InboundMail> OlderThan(long moment, int limit) =>
        Query($"SELECT {Columns} FROM inbound_mail WHERE received_at < $1 AND path IS NOT NULL ORDER BY mail_id LIMIT $2", moment, limit);

    /// <summary>Takes what is personal out of the register; the row stays.</summary>
    public Task ForgetAsync(IReadOnlyList<long> mailIds)
    {
        ArgumentNullException.ThrowIfNull(mailIds);
        return writer.WriteAsync(context =>
        {
            foreach (var id in mailIds)
                context.Execute("UPDATE inbound_mail SET sender = NULL, recipient = NULL, subject = NULL, detail = NULL, path = NULL WHERE mail_id = $1", id);
        });
    }

    private static long Record(WriteContext context, NewInboundMail mail)
    {
        if (context.Scalar("SELECT COUNT(*) FROM inbound_mail WHERE sha256 = $1 OR (source = $2 AND source_key = $3)", mail.Sha256, mail.Source, mail.SourceKey) > 0) return 0;
        var id = context.Scalar(
            """
            INSERT INTO inbound_mail (sha256, source, source_key, size, kind, outcome, client_id, mailing_id, sequence, category, sender, recipient, subject, detail, path, received_at, recorded)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            RETURNING mail_id
            """,
            mail.Sha256, mail.Source, mail.SourceKey, mail.Size, mail.Kind, (int)mail.Outcome, mail.Target?.ClientId, mail.Target?.MailingId, mail.Target?.Sequence, (int?)mail.Category,
            mail.Sender, mail.Recipient, mail.Subject, mail.Detail, mail.Path, mail.ReceivedAt, context.Stamp);
        if (mail.Target is { } target) Follow(context, target, new ResponseMeaning(mail.Outcome, mail.Category), mail.ReceivedAt, "mail", mail.Detail);
        return id;
    }

    /// <summary>Writes down what follows from a response: its row with the counters, or a suppression.</summary>
    internal static void Follow(WriteContext context, InboundTarget target, ResponseMeaning meaning, long at, string origin, string? detail)
    {
        // Of a mailing past its retention no row is made any more; what protects the recipient still happens.
        var purged = context.Scalar("SELECT purged FROM mailing WHERE mailing_id = $1", target.MailingId) > 0;
        switch (meaning.Outcome)
        {
            case InboundOutcome.Response when !purged:
                ResponseStore.Add(context, target.ClientId, target.MailingId, target.Sequence, target.Address, meaning.Category!.Value, at, origin, detail);
                break;
            case InboundOutcome.Unsubscribe when SuppressionStore.Add(context, target.ClientId, target.Address, SuppressionKind.Unsubscribed, origin, target.MailingId, target.Sequence) && !purged:
                context.Execute(
                    "INSERT INTO event (kind, client_id, mailing_id, sequence, link_ordinal, automated, occurred_at, recorded) VALUES ($1, $2, $3, $4, 0, 0, $5, $6)",
                    (int)TrackedEventKind.Unsubscribe, target.ClientId, target.MailingId, target.Sequence, at, context.Stamp);
                break;
            case InboundOutcome.Complaint:
                // Spec section 17.11: an unsubscribe without mailing reference, and no row in the eight files.
                SuppressionStore.Add(context, target.ClientId, target.Address, SuppressionKind.Unsubscribed, "complaint", mailingId: null, sequence: null);
                break;
        }
    }

    private List<InboundMail> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var rows = new List<InboundMail>();
        while (reader.Read())
        {
            rows.Add(new InboundMail(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), (InboundOutcome)reader.GetInt32(3),
                reader.IsDBNull(4) ? null : reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetInt32(5),
                Text(reader, 6), Text(reader, 7), Text(reader, 8), Text(reader, 9), reader.GetInt64(10), Text(reader, 11), reader.GetInt64(12)));
        }

        return rows;
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
