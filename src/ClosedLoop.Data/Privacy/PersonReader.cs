using System.Data.Common;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Model.Verdicts;

namespace ClosedLoop.Data.Privacy;

/// <summary>
/// Everything the database knows of one address. Messages are found by the index of addresses; recipients that are not in it yet are read one by one, all of them.
/// </summary>
public sealed class PersonReader(Database database)
{
    private const string MailColumns = "mail_id, source, kind, outcome, mailing_id, sequence, sender, recipient, subject, detail, size, path, received_at";
    private const string ReturnedSql = $"SELECT {MailColumns} FROM inbound_mail WHERE lower(sender) = $1 OR lower(recipient) = $1";
    private const string UnsubscribeLinksSql =
        "SELECT s.mailing_id FROM unsubscribe_stub s JOIN mailing m ON m.mailing_id = s.mailing_id WHERE m.client_id = $1 AND lower(s.address) = $2 ORDER BY s.mailing_id";

    private readonly AddressLookup _lookup = new(database);

    /// <summary>Queries by address over tables that grow with the years: none may read a table from end to end.</summary>
    public static IReadOnlyList<string> OverLargeTables { get; } = [ReturnedSql, UnsubscribeLinksSql];

    private const string OfMailingSql =
        """
        SELECT r.mailing_id, r.sequence, m.client_id, r.address, r.fields, l.state, l.attempt, l.due_at, l.done_at, l.reply_code, l.reason, m.file_id
        FROM recipient r JOIN mailing m ON m.mailing_id = r.mailing_id
        JOIN ledger l ON l.mailing_id = r.mailing_id AND l.sequence = r.sequence
        WHERE r.mailing_id = $1
        """;

    /// <summary>Messages to the address, oldest mailing first; those of mailings whose time is over are gone.</summary>
    /// <param name="clientId">One client only; null for all.</param>
    /// <param name="address">In any case.</param>
    public IReadOnlyList<PersonMessage> Messages(long? clientId, string address)
    {
        var found = _lookup.FindAll(address).SelectMany(key => Rows(OfMailingSql + " AND r.sequence = $2", Message, key.MailingId, key.Sequence));
        return [.. found.Where(message => clientId is null || message.ClientId == clientId).OrderBy(message => message.MailingId).ThenBy(message => message.Sequence)];
    }

    /// <summary>The message to an address in one mailing; null when there is none.</summary>
    public PersonMessage? InMailing(long mailingId, string address) =>
        _lookup.FindAll(address).Where(key => key.MailingId == mailingId).SelectMany(key => Rows(OfMailingSql + " AND r.sequence = $2", Message, key.MailingId, key.Sequence)).FirstOrDefault();

    /// <summary>Recipients of a mailing in order.</summary>
    /// <param name="mailingId">The mailing.</param>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="limit">Most rows.</param>
    public IReadOnlyList<PersonMessage> OfMailing(long mailingId, RecipientState? state, int limit) =>
        Rows(OfMailingSql + " AND (l.state = $2 OR $2 = -1) ORDER BY r.sequence LIMIT $3", Message, mailingId, state is { } one ? (int)one : -1, limit);

    public IReadOnlyList<PersonEvent> Events(long mailingId, int sequence) => Rows(
        "SELECT kind, occurred_at, link_ordinal, automated, browser, platform, device, verdict, score, reasons FROM event WHERE mailing_id = $1 AND sequence = $2 ORDER BY occurred_at, event_id",
        reader => new PersonEvent((TrackedEventKind)reader.GetInt32(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt32(3) != 0, Text(reader, 4), Text(reader, 5), Text(reader, 6))
        {
            Verdict = (EventVerdict?)Number(reader, 7),
            Score = (int?)Number(reader, 8),
            Reasons = (EventSigns?)Number(reader, 9),
        },
        mailingId, sequence);

    public IReadOnlyList<PersonResponse> Responses(long mailingId, int sequence) => Rows(
        "SELECT category, occurred_at, origin, detail FROM response WHERE mailing_id = $1 AND sequence = $2 ORDER BY recorded, ordinal",
        reader => new PersonResponse((ResponseCategory)reader.GetInt32(0), reader.GetInt64(1), reader.GetString(2), Text(reader, 3)), mailingId, sequence);

    public IReadOnlyList<PersonPast> Past(long mailingId, int sequence) => Rows(
        "SELECT state, done_at, reply_code, reason, taken_back FROM ledger_past WHERE mailing_id = $1 AND sequence = $2 ORDER BY recorded",
        reader => new PersonPast((RecipientState)reader.GetInt32(0), Number(reader, 1), (int?)Number(reader, 2), Text(reader, 3)) { IsSettled = reader.IsDBNull(4) }, mailingId, sequence);

    /// <summary>Addresses that were fetched from for a message.</summary>
    public IReadOnlyList<string> FetchedFrom(long mailingId, int sequence) => Rows(
        "SELECT url FROM recipient_content WHERE mailing_id = $1 AND sequence = $2 ORDER BY field", reader => reader.GetString(0), mailingId, sequence);

    /// <summary>What the lists of a client say.</summary>
    public PersonStanding Standing(long clientId, string address)
    {
        var folded = AddressCase.Fold(address);
        var suppressed = Rows(
            "SELECT kind, reason, mailing_id, recorded FROM suppression WHERE client_id = $1 AND address = $2 ORDER BY recorded",
            reader => new PersonSuppression((SuppressionKind)reader.GetInt32(0), Text(reader, 1), Number(reader, 2), reader.GetInt64(3)), clientId, folded);
        var untracked = Rows("SELECT reason FROM untracked WHERE client_id = $1 AND address = $2", reader => reader.GetString(0), clientId, folded);
        var bounces = Rows("SELECT hard, soft FROM bounce_counter WHERE client_id = $1 AND address = $2", reader => (reader.GetInt32(0), reader.GetInt32(1)), clientId, folded);
        return new PersonStanding(suppressed, untracked.FirstOrDefault(), bounces.FirstOrDefault().Item1, bounces.FirstOrDefault().Item2);
    }

    /// <summary>Returned mails that belong to a message of the person, or that the person sent, or that were meant for the person.</summary>
    /// <param name="address">In any case.</param>
    /// <param name="messages">The person's messages.</param>
    public IReadOnlyList<InboundMail> Returned(string address, IReadOnlyList<PersonMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var found = new SortedDictionary<long, InboundMail>();
        foreach (var mail in Mails(ReturnedSql, AddressCase.Fold(address))) found[mail.Id] = mail;
        foreach (var message in messages)
        {
            foreach (var mail in Mails($"SELECT {MailColumns} FROM inbound_mail WHERE mailing_id = $1 AND sequence = $2", message.MailingId, message.Sequence)) found[mail.Id] = mail;
        }

        return [.. found.Values.Where(mail => mail.Path is not null || mail.Sender is not null || mail.Recipient is not null || mail.Subject is not null)];
    }

    /// <summary>Mailings past their retention in which an unsubscribe link still leads to the person.</summary>
    public IReadOnlyList<long> UnsubscribeLinks(long clientId, string address) => Rows(
        UnsubscribeLinksSql, reader => reader.GetInt64(0), clientId, AddressCase.Fold(address));

    private static PersonMessage Message(DbDataReader reader) => new()
    {
        MailingId = reader.GetInt64(0),
        Sequence = reader.GetInt32(1),
        ClientId = reader.GetInt64(2),
        Address = reader.GetString(3),
        Fields = reader.GetFieldValue<byte[]>(4),
        State = (RecipientState)reader.GetInt32(5),
        Attempt = reader.GetInt32(6),
        DueAt = reader.GetInt64(7) > 0 ? reader.GetInt64(7) : null,
        DoneAt = Number(reader, 8),
        ReplyCode = (int?)Number(reader, 9),
        Reason = Text(reader, 10),
        FileId = reader.GetInt64(11),
    };

    private List<InboundMail> Mails(string sql, params ReadOnlySpan<object?> arguments) => Rows(sql, reader => new InboundMail(
        reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), (InboundOutcome)reader.GetInt32(3), Number(reader, 4), (int?)Number(reader, 5),
        Text(reader, 6), Text(reader, 7), Text(reader, 8), Text(reader, 9), reader.GetInt64(10), Text(reader, 11), reader.GetInt64(12)), arguments);

    private List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static long? Number(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
