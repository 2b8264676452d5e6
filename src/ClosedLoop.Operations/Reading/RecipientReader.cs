using System.Diagnostics;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Operations.Reading;

/// <summary>Did she get it? Finds a person by address, message id, recipient id or return address, and tells everything that happened.</summary>
internal sealed class RecipientReader(
    Tables tables, AddressIndex index, MailingStore mailings, DefinitionStore definitions, Blocklist blocklist, AddressTokenCodec tokens, MessageReader messages)
{
    /// <summary>Messages shown of one person.</summary>
    public const int MostMessages = 50;

    public RecipientStory Look(string text, long? clientId)
    {
        var clock = Stopwatch.StartNew();
        var query = text.Trim().Trim('<', '>');
        var address = AddressOf(query, clientId);
        if (address is null) return new RecipientStory(text, null, [], [], 0, clock.Elapsed);
        var hits = index.Find(address, MostMessages);
        var clients = definitions.Clients().Where(client => clientId is null || client.Value.Id == clientId).ToList();
        var keys = clients.ToDictionary(client => client.Value.Id, client => client.Value.Key);
        var standing = clients.Select(client => StandingOf(client.Value, address)).ToList();
        var rows = mailings.Find([.. hits.Messages.Select(hit => hit.MailingId).Distinct()]).ToDictionary(row => row.MailingId);
        var stories = messages.Read([.. hits.Messages
            .Where(hit => rows.TryGetValue(hit.MailingId, out var row) && keys.ContainsKey(row.ClientId))
            .Select(hit => (Row: rows[hit.MailingId], hit.Sequence))
            .Select(hit => new MessagePlace(hit.Row, hit.Sequence, keys[hit.Row.ClientId], standing.Find(one => one.ClientId == hit.Row.ClientId)!))]);
        return new RecipientStory(text, address, standing, stories, hits.NotSearched, clock.Elapsed);
    }

    /// <summary>Looks at the newest message there is, if any, the way a search for its recipient does.</summary>
    public void LookAtNewest()
    {
        if (mailings.Latest(1) is [{ Accepted: > 0 } newest] && AddressAt(newest.MailingId, 0) is { } address) Look(address, newest.ClientId);
    }

    /// <summary>One message.</summary>
    public MessageStory? Message(long mailingId, int sequence, long? clientId)
    {
        if (mailings.Find(mailingId) is not { } row || (clientId is { } only && row.ClientId != only)) return null;
        var client = definitions.FindClient(row.ClientId)!.Value;
        return AddressAt(mailingId, sequence) is { } address ? messages.Read(row, sequence, client.Key, StandingOf(client, address)) : null;
    }

    private string? AddressOf(string query, long? clientId)
    {
        // The local part of a return address or of an unsubscribe address is a signed token.
        var at = query.LastIndexOf('@');
        if (tokens.TryRead(at < 0 ? query : query[..at], out var token)) return Seen(token.MailingId, (int)token.RecipientSequence);
        var local = at < 0 ? query : query[..at];

        // Message-ID: mailing.sequence@domain.
        if (local.Split('.') is [var mailing, var sequence] && Number(mailing) is { } id && Number(sequence) is { } place && mailings.Find(id) is not null) return Seen(id, (int)place);
        if (at > 0) return EmailAddress.TryNormalise(query) ?? query;
        return Number(query) is { } recipient && ByRecipientId(recipient) is var (found, position) ? Seen(found, position) : null;

        string? Seen(long mailingId, int position) => clientId is null || mailings.Find(mailingId)?.ClientId == clientId ? AddressAt(mailingId, position) : null;
    }

    private string? AddressAt(long mailingId, int sequence) =>
        tables.First("SELECT address FROM recipient WHERE mailing_id = $1 AND sequence = $2", reader => reader.GetString(0), mailingId, sequence);

    private (long Mailing, int Sequence)? ByRecipientId(long recipientId)
    {
        var found = tables.Read(
            "SELECT mailing_id, recipient_base FROM mailing WHERE recipient_base <= $1 AND recipient_base > 0 ORDER BY recipient_base DESC LIMIT 1",
            reader => (reader.GetInt64(0), reader.GetInt64(1)), recipientId);
        return found is [var (mailing, first)] && recipientId - first <= int.MaxValue ? (mailing, (int)(recipientId - first)) : null;
    }

    private Standing StandingOf(Model.Clients.ClientDefinition client, string address)
    {
        var folded = address.ToLowerInvariant();
        var lines = tables.Read(
            "SELECT kind, COALESCE(reason, ''), recorded, mailing_id FROM suppression WHERE client_id = $1 AND address = $2",
            reader => new SuppressionLine(reader.GetInt32(0) == 0 ? "blocked" : "unsubscribed", reader.GetString(1), reader.GetInt64(2), reader.Number(3)), client.Id, folded);
        lines.AddRange(blocklist.Patterns(client.Id).Where(pattern => pattern.Matches(address)).Select(pattern => PatternLine(client.Id, pattern.Text)));
        var counters = tables.Read(
            "SELECT hard, soft FROM bounce_counter WHERE client_id = $1 AND address = $2", reader => (reader.GetInt64(0), reader.GetInt64(1)), client.Id, folded);
        var (hard, soft) = counters.Count == 0 ? (0, 0) : counters[0];
        var untracked = tables.Number("SELECT COUNT(*) FROM untracked WHERE client_id = $1 AND address = $2", client.Id, folded) > 0;
        return new Standing(client.Id, client.Key, lines, hard, soft, client.Bounce.HardLimit, client.Bounce.SoftLimit, untracked);
    }

    private SuppressionLine PatternLine(long clientId, string pattern) => tables.First(
        "SELECT reason, recorded FROM block_pattern WHERE client_id = $1 AND pattern = $2",
        reader => new SuppressionLine("blocked", reader.GetString(0), reader.GetInt64(1), null, pattern), clientId, pattern) ?? new SuppressionLine("blocked", "pattern", 0, null, pattern);

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
