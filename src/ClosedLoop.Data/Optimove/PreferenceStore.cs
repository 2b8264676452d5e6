using ClosedLoop.Data.Suppression;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Optimove;

/// <summary>
/// What Optimove is to know of customers' consent, one row a customer and channel. It is a state and not a count: the newest decision holds, and telling it twice does no harm, so that a
/// row waits until Optimove has taken it.
/// </summary>
public sealed class PreferenceStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Notes taken over by one transaction.</summary>
    private const int Block = 200;

    /// <summary>Writes a decision down, unless a newer one is there.</summary>
    /// <param name="context">The transaction.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="channelId">The channel.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="optedIn">What he wants.</param>
    /// <param name="decided">Stamp of the decision.</param>
    /// <param name="now">Microseconds.</param>
    public static void Put(WriteContext context, long clientId, int channelId, string customer, bool optedIn, long decided, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute(
            """
            INSERT INTO optimove_preference (client_id, channel_id, customer, opted_in, decided, created_at, state) VALUES ($1, $2, $3, $4, $5, $6, 0)
            ON CONFLICT (client_id, channel_id, customer) DO UPDATE SET opted_in = excluded.opted_in, decided = excluded.decided,
                created_at = CASE WHEN optimove_preference.opted_in = excluded.opted_in THEN optimove_preference.created_at ELSE excluded.created_at END,
                state = CASE WHEN optimove_preference.opted_in = excluded.opted_in AND optimove_preference.state = 1 THEN 1 ELSE 0 END, reason = NULL
            WHERE excluded.decided > optimove_preference.decided
            """, clientId, channelId, customer, optedIn ? 1 : 0, decided, now);
    }

    /// <summary>Takes over what was noted: decides for everybody concerned whether messages reach him now.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="channels">Channels of a medium; none for a connector that tells no preferences, whose notes are dropped.</param>
    /// <param name="requireOptIn">Whether only those get messages who have opted in: then nothing is told of whom nothing is known.</param>
    public async Task TakeNotesAsync(long clientId, Func<MessageChannel, IReadOnlyList<int>> channels, bool requireOptIn)
    {
        ArgumentNullException.ThrowIfNull(channels);
        while (Notes(clientId) is { Count: > 0 } notes)
        {
            var now = time.NowMicroseconds();
            await writer.WriteAsync(context =>
            {
                foreach (var note in notes)
                {
                    var wanted = channels(note.Medium);
                    if (wanted.Count > 0)
                    {
                        foreach (var (customer, consent, address) in People(context, clientId, note))
                        {
                            var isOut = consent == Consent.OptedOut || (address is not null && IsUnsubscribed(context, clientId, address));
                            if (!isOut && requireOptIn && consent != Consent.OptedIn) continue;
                            foreach (var channel in wanted) Put(context, clientId, channel, customer, !isOut, note.Recorded, now);
                        }
                    }

                    // One that was noted again meanwhile is looked at again.
                    context.Execute(
                        "DELETE FROM optimove_consent WHERE client_id = $1 AND person = $2 AND by_address = $3 AND medium = $4 AND recorded = $5",
                        clientId, note.Person, note.ByAddress ? 1 : 0, (int)note.Medium, note.Recorded);
                }
            }).ConfigureAwait(false);
        }
    }

    /// <summary>What waits, oldest first.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="before">Microseconds; what was written down later is left alone.</param>
    /// <param name="limit">The most.</param>
    public IReadOnlyList<WaitingPreference> Waiting(long clientId, long before, int limit)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            "SELECT channel_id, customer, opted_in, decided FROM optimove_preference WHERE client_id = $1 AND state = 0 AND created_at <= $2 ORDER BY created_at, channel_id, customer LIMIT $3");
        using var reader = statement.Query(clientId, before, limit);
        var rows = new List<WaitingPreference>();
        while (reader.Read()) rows.Add(new WaitingPreference(reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2) != 0, reader.GetInt64(3)));
        return rows;
    }

    /// <summary>What Optimove made of a request. A decision that was changed while it was on its way waits on.</summary>
    public Task SettleAsync(long clientId, IReadOnlyList<WaitingPreference> rows, PreferenceState state, string? reason)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return writer.WriteAsync(context =>
        {
            foreach (var row in rows)
            {
                context.Execute(
                    "UPDATE optimove_preference SET state = $5, reason = $6 WHERE client_id = $1 AND channel_id = $2 AND customer = $3 AND opted_in = $4 AND state = 0",
                    clientId, row.ChannelId, row.Customer, row.OptedIn ? 1 : 0, (int)state, reason);
            }
        });
    }

    /// <summary>Tells once more what Optimove refused.</summary>
    /// <returns>How many.</returns>
    public Task<int> ReplayAsync(long clientId) => writer.WriteAsync(context => context.Execute("UPDATE optimove_preference SET state = 0, reason = NULL WHERE client_id = $1 AND state = 2", clientId));

    /// <summary>How many are in each state.</summary>
    public IReadOnlyDictionary<PreferenceState, long> Counts(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT state, COUNT(*) FROM optimove_preference WHERE client_id = $1 GROUP BY state ORDER BY state");
        using var reader = statement.Query(clientId);
        var counts = new Dictionary<PreferenceState, long>();
        while (reader.Read()) counts.Add((PreferenceState)reader.GetInt32(0), reader.GetInt64(1));
        return counts;
    }

    private List<ConsentChange> Notes(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT person, by_address, medium, recorded FROM optimove_consent WHERE client_id = $1 ORDER BY recorded, person LIMIT $2");
        using var reader = statement.Query(clientId, Block);
        var notes = new List<ConsentChange>();
        while (reader.Read()) notes.Add(new ConsentChange(reader.GetString(0), reader.GetInt64(1) != 0, (MessageChannel)reader.GetInt32(2), reader.GetInt64(3)));
        return notes;
    }

    /// <summary>Whom a note is about, with consent to the medium and the address there.</summary>
    private static List<(string Customer, Consent Consent, string? Address)> People(WriteContext context, long clientId, ConsentChange note)
    {
        var (consent, address) = note.Medium switch
        {
            MessageChannel.Mail => ("email_consent", "email"),
            MessageChannel.Sms => ("phone_consent", "phone"),
            _ => ("push_consent", "NULL"),
        };
        var isWhose = !note.ByAddress ? "external_id = $2" : note.Medium == MessageChannel.Mail ? "lower(email) = lower($2)" : "phone = $2";
        using var reader = context.Statement($"SELECT external_id, {consent}, {address} FROM profile WHERE client_id = $1 AND {isWhose}").Query(clientId, note.Person);
        var people = new List<(string, Consent, string?)>();
        while (reader.Read()) people.Add((reader.GetString(0), (Consent)reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return people;
    }

    private static bool IsUnsubscribed(WriteContext context, long clientId, string address) => AnyAddress.TryNormalise(address) is { } normal && context.Scalar(
        "SELECT COUNT(*) FROM suppression WHERE client_id = $1 AND address = $2 AND kind = $3", clientId, AddressCase.Fold(normal), (int)SuppressionKind.Unsubscribed) > 0;
}
