using System.Data.Common;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>Scheduled campaigns and how far each has got.</summary>
public sealed partial class CampaignStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns =
        """
        client_id, campaign, channel_id, label, state, round, again, skip, source, file_id, name, received, planned, control, unknown_user, refused, failed, expired,
        reason, attempts, next_try, changed_at
        """;

    public CampaignRow? Find(long clientId, string campaign, int channelId) =>
        Query($"SELECT {Columns} FROM optimove_campaign WHERE client_id = $1 AND campaign = $2 AND channel_id = $3", clientId, campaign, channelId).FirstOrDefault();

    /// <summary>Campaigns in any of these states.</summary>
    public IReadOnlyList<CampaignRow> InState(long clientId, params CampaignState[] states)
    {
        ArgumentNullException.ThrowIfNull(states);
        return [.. states.SelectMany(state => Query($"SELECT {Columns} FROM optimove_campaign WHERE client_id = $1 AND state = $2 AND channel_id > 0 ORDER BY first_at", clientId, (int)state))];
    }

    public IReadOnlyList<CampaignRow> Latest(long clientId, int count) =>
        Query($"SELECT {Columns} FROM optimove_campaign WHERE client_id = $1 ORDER BY changed_at DESC LIMIT $2", clientId, count);

    /// <summary>
    /// A campaign was executed for a channel. One that is known is read again for whoever is new, after what is going on; one that was cancelled before stays
    /// cancelled, since the order of calls is not promised.
    /// </summary>
    public static void Executed(WriteContext context, long clientId, string campaign, int channelId, string label, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        var cancelled = context.Scalar("SELECT COUNT(*) FROM optimove_campaign WHERE client_id = $1 AND campaign = $2 AND channel_id = 0 AND state = $3", clientId, campaign, (int)CampaignState.Cancelled) > 0;
        context.Execute(
            """
            INSERT INTO optimove_campaign (client_id, campaign, channel_id, label, state, first_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $6)
            ON CONFLICT (client_id, campaign, channel_id) DO UPDATE SET again = 1
            """, clientId, campaign, channelId, label, (int)(cancelled ? CampaignState.Cancelled : CampaignState.Received), now);
    }

    /// <summary>Writes a cancellation down, also of a campaign nobody has heard of yet.</summary>
    /// <param name="context">The transaction.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="channelId">0 for all channels.</param>
    /// <param name="label">The campaign's id as it came.</param>
    /// <param name="now">Microseconds.</param>
    public static void Cancelled(WriteContext context, long clientId, string campaign, int channelId, string label, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute(
            """
            INSERT INTO optimove_campaign (client_id, campaign, channel_id, label, state, first_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $6)
            ON CONFLICT (client_id, campaign, channel_id) DO NOTHING
            """, clientId, campaign, channelId, label, (int)CampaignState.Cancelled, now);
        context.Execute(
            "UPDATE optimove_campaign SET state = $4, again = 0, changed_at = $5 WHERE client_id = $1 AND campaign = $2 AND ($3 = 0 OR channel_id = $3) AND state <> $4",
            clientId, campaign, channelId, (int)CampaignState.Cancelled, now);
    }

    public static bool IsCancelled(WriteContext context, long clientId, string campaign, int channelId)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Scalar(
            "SELECT COUNT(*) FROM optimove_campaign WHERE client_id = $1 AND campaign = $2 AND (channel_id = 0 OR channel_id = $3) AND state = $4",
            clientId, campaign, channelId, (int)CampaignState.Cancelled) > 0;
    }

    /// <summary>Moves a campaign from one state to another; <c>false</c> when it is no longer there.</summary>
    public Task<bool> MoveAsync(CampaignRow row, CampaignState to, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => context.Execute(
            """
            UPDATE optimove_campaign SET state = $5, reason = $6, changed_at = $7, attempts = 0, next_try = 0
            WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND state = $4
            """, row.ClientId, row.Campaign, row.ChannelId, (int)row.State, (int)to, reason, now) == 1);
    }

    /// <summary>Begins another round for a campaign that was named again; <c>false</c> when it was not.</summary>
    public Task<bool> BeginAgainAsync(CampaignRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => context.Execute(
            """
            UPDATE optimove_campaign SET state = $4, again = 0, round = round + 1, skip = 0, file_id = 0, changed_at = $5, attempts = 0, next_try = 0
            WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND again = 1 AND state IN (3, 4, 7, 8)
            """, row.ClientId, row.Campaign, row.ChannelId, (int)CampaignState.Received, now) == 1);
    }

    /// <summary>Not now; tried again at the moment given (microseconds).</summary>
    public Task PutOffAsync(CampaignRow row, long nextTry, string reason)
    {
        ArgumentNullException.ThrowIfNull(row);
        return writer.WriteAsync(context => context.Execute(
            "UPDATE optimove_campaign SET attempts = attempts + 1, next_try = $4, reason = $5 WHERE client_id = $1 AND campaign = $2 AND channel_id = $3",
            row.ClientId, row.Campaign, row.ChannelId, nextTry, reason));
    }

    public Task DescribeAsync(CampaignRow row, string? name, int source)
    {
        ArgumentNullException.ThrowIfNull(row);
        return writer.WriteAsync(context => context.Execute(
            "UPDATE optimove_campaign SET name = COALESCE($4, name), source = $5 WHERE client_id = $1 AND campaign = $2 AND channel_id = $3",
            row.ClientId, row.Campaign, row.ChannelId, name, source));
    }

    /// <summary>Mailings of a campaign on a channel, all rounds; of all channels for 0.</summary>
    public IReadOnlyList<long> Mailings(long clientId, string campaign, int channelId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT o.mailing_id FROM optimove_mailing o JOIN mailing m ON m.mailing_id = o.mailing_id
            WHERE o.client_id = $1 AND o.campaign = $2 AND ($3 = 0 OR o.channel_id = $3) ORDER BY o.mailing_id
            """);
        return statement.Numbers(clientId, campaign, channelId);
    }

    /// <summary>Campaigns that were cancelled or have failed, and have mailings nobody has seen.</summary>
    public IReadOnlyList<CampaignRow> GivenUpImports(long clientId) => Query(
        $"""
        SELECT {Columns} FROM optimove_campaign WHERE client_id = $1 AND state IN ($2, $3) AND file_id > 0
            AND EXISTS (SELECT 1 FROM mailing m WHERE m.file_id = optimove_campaign.file_id AND m.state = 0)
        """, clientId, (int)CampaignState.Cancelled, (int)CampaignState.Failed);

    /// <summary>Whether somebody of a campaign's mailings has no outcome yet.</summary>
    public bool IsUnderWay(CampaignRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT COUNT(*) FROM optimove_mailing o JOIN mailing m ON m.mailing_id = o.mailing_id
            WHERE o.client_id = $1 AND o.campaign = $2 AND o.channel_id = $3 AND m.mode = 1 AND m.state NOT IN (5, 6)
            """);
        return statement.Scalar(row.ClientId, row.Campaign, row.ChannelId) > 0;
    }

    private List<CampaignRow> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var rows = new List<CampaignRow>();
        while (reader.Read()) rows.Add(Read(reader));
        return rows;
    }

    private static CampaignRow Read(DbDataReader reader) => new()
    {
        ClientId = reader.GetInt64(0),
        Campaign = reader.GetString(1),
        ChannelId = reader.GetInt32(2),
        Label = reader.GetString(3),
        State = (CampaignState)reader.GetInt32(4),
        Round = reader.GetInt32(5),
        Again = reader.GetInt64(6) != 0,
        Skip = reader.GetInt64(7),
        Source = reader.GetInt32(8),
        FileId = reader.GetInt64(9),
        Name = reader.IsDBNull(10) ? null : reader.GetString(10),
        Received = reader.GetInt64(11),
        Planned = reader.GetInt64(12),
        Control = reader.GetInt64(13),
        UnknownUser = reader.GetInt64(14),
        Refused = reader.GetInt64(15),
        Failed = reader.GetInt64(16),
        Expired = reader.GetInt64(17),
        Reason = reader.IsDBNull(18) ? null : reader.GetString(18),
        Attempts = reader.GetInt32(19),
        NextTry = reader.GetInt64(20),
        ChangedAt = reader.GetInt64(21),
    };
}
