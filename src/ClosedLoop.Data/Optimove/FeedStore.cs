using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>
/// Finds out what became of messages: from the ledger by mailing, from events and responses by the stamp they were recorded with. Stamps rise in the order of commits, so
/// that nothing slips in behind a place that was passed. The place moves in the transaction that takes the news over.
/// </summary>
public sealed class FeedStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>News taken over by one transaction.</summary>
    private const int Block = 500;

    private const string Label = "COALESCE((SELECT c.label FROM optimove_campaign c WHERE c.client_id = s.client_id AND c.campaign = s.campaign AND c.channel_id = s.channel_id), s.campaign)";

    /// <summary>Whose message a row <c>x</c> is about: of a push the devices of a customer follow each other, and the first is the one he was planned with.</summary>
    private const string Owner =
        """
        JOIN optimove_send s ON s.mailing_id = x.mailing_id AND s.sequence = (SELECT MAX(f.sequence) FROM optimove_send f WHERE f.mailing_id = x.mailing_id AND f.sequence <= x.sequence)
            AND x.sequence < s.sequence + s.devices
        """;

    /// <summary>No device of the customer took the message, none may have, and none is still to be asked.</summary>
    private const string IsLost =
        "NOT EXISTS (SELECT 1 FROM ledger d WHERE d.mailing_id = s.mailing_id AND d.sequence >= s.sequence AND d.sequence < s.sequence + s.devices AND d.state NOT IN (3, 4))";

    /// <summary>Mailings whose outcomes may not all be known.</summary>
    public IReadOnlyList<CampaignMailing> Open(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT o.mailing_id, o.campaign, o.channel_id, o.template_id, m.mode, o.ledger_cursor, m.state FROM optimove_mailing o JOIN mailing m ON m.mailing_id = o.mailing_id
            WHERE o.client_id = $1 AND m.state <> 0 AND (o.settled = 0 OR m.state IN (2, 3)) ORDER BY o.mailing_id
            """);
        using var reader = statement.Query(clientId);
        var mailings = new List<CampaignMailing>();
        while (reader.Read())
        {
            mailings.Add(new CampaignMailing(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3),
                reader.GetInt32(4) == 2, reader.GetInt64(5), reader.GetInt32(6) is 5 or 6));
        }

        return mailings;
    }

    /// <summary>
    /// Outcomes of a mailing recorded after its place, in order. A customer is sent to as soon as one of his devices is, and dropped when the last of them has failed.
    /// </summary>
    public IReadOnlyList<MessageNews> Outcomes(long clientId, CampaignMailing mailing)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        return News(
            $"""
            SELECT s.customer, s.trigger_key, {Label}, CASE WHEN x.state = 2 THEN 0 WHEN x.state = 3 AND COALESCE(x.reply_code, 0) > 0 THEN -1 WHEN x.state IN (3, 4) AND (s.devices = 1 OR {IsLost}) THEN 5 ELSE -1 END,
                COALESCE(x.done_at, x.recorded), x.sequence, x.recorded, s.campaign, s.channel_id, s.template_id, x.mailing_id
            FROM ledger x {Owner}
            WHERE s.client_id = $1 AND x.mailing_id = $2 AND x.recorded > $3 ORDER BY x.recorded
            """, clientId, clientId, mailing.MailingId, mailing.LedgerCursor);
    }

    /// <summary>Opens, clicks and unsubscribes by people, after a place.</summary>
    public IReadOnlyList<MessageNews> Events(long clientId, long after) => News(
        $"""
        SELECT s.customer, s.trigger_key, {Label}, CASE x.kind WHEN 1 THEN 2 WHEN 2 THEN 3 ELSE 4 END, x.occurred_at, x.sequence, x.recorded, s.campaign, s.channel_id, s.template_id, x.mailing_id
        FROM event x {Owner}
        WHERE s.client_id = $1 AND x.client_id = $1 AND x.recorded > $2 AND x.automated = 0 ORDER BY x.recorded
        """, clientId, clientId, after);

    /// <summary>Bounces, after a place; those of a device only when no other took the message.</summary>
    public IReadOnlyList<MessageNews> Bounces(long clientId, long after) => News(
        $"""
        SELECT s.customer, s.trigger_key, {Label}, 9, x.occurred_at, x.sequence, x.recorded, s.campaign, s.channel_id, s.template_id, x.mailing_id
        FROM response x {Owner}
        WHERE s.client_id = $1 AND x.client_id = $1 AND x.recorded > $2 AND x.category IN (1, 2, 3) AND x.overruled IS NULL AND (s.devices = 1 OR {IsLost}) ORDER BY x.recorded
        """, clientId, clientId, after);

    /// <summary>Messages whose delivery a provider reported, after a place.</summary>
    public IReadOnlyList<MessageNews> Deliveries(long clientId, long after) => News(
        $"""
        SELECT s.customer, s.trigger_key, {Label}, 1, x.occurred_at, x.sequence, x.recorded, s.campaign, s.channel_id, s.template_id, x.mailing_id
        FROM channel_outcome x {Owner}
        WHERE s.client_id = $1 AND x.client_id = $1 AND x.recorded > $2 AND x.state = 1 ORDER BY x.recorded
        """, clientId, clientId, after);

    public long Place(string name)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT stamp FROM optimove_cursor WHERE name = $1");
        return statement.Scalar(name);
    }

    /// <summary>Takes news of a mailing's ledger over.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="mailing">The mailing.</param>
    /// <param name="news">All that <see cref="Outcomes"/> found.</param>
    /// <param name="more">Done in the same transaction for what is really new.</param>
    public async Task TakeAsync(long clientId, CampaignMailing mailing, IReadOnlyList<MessageNews> news, Action<WriteContext, MessageNews> more)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(news);
        await AddAsync(news, more).ConfigureAwait(false);
        var place = news.Count == 0 ? mailing.LedgerCursor : news[^1].Recorded;
        if (place == mailing.LedgerCursor && !mailing.Settled) return;
        await writer.WriteAsync(context => context.Execute(
            "UPDATE optimove_mailing SET ledger_cursor = $2, settled = $3 WHERE mailing_id = $1", mailing.MailingId, place, mailing.Settled ? 1 : 0)).ConfigureAwait(false);
    }

    /// <summary>Takes news of a table over.</summary>
    public async Task TakeAsync(string name, IReadOnlyList<MessageNews> news, Action<WriteContext, MessageNews> more)
    {
        ArgumentNullException.ThrowIfNull(news);
        if (news.Count == 0) return;
        await AddAsync(news, more).ConfigureAwait(false);
        var place = news[^1].Recorded;
        await writer.WriteAsync(context => context.Execute(
            "INSERT INTO optimove_cursor (name, stamp) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp", name, place)).ConfigureAwait(false);
    }

    /// <summary>Campaigns all of whose mailings have ended before a moment (microseconds), and whose sums are not made.</summary>
    public IReadOnlyList<(string Campaign, int ChannelId)> Closable(long clientId, long before)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT o.campaign, o.channel_id FROM optimove_mailing o JOIN mailing m ON m.mailing_id = o.mailing_id
            WHERE o.client_id = $1 AND NOT EXISTS (SELECT 1 FROM optimove_cursor k WHERE k.name = 'closed/' || o.client_id || '/' || o.channel_id || '/' || o.campaign)
            GROUP BY o.campaign, o.channel_id HAVING MIN(CASE WHEN m.state IN (5, 6) AND o.settled = 1 THEN 1 ELSE 0 END) = 1 AND MAX(COALESCE(m.finished_at, 0)) < $2
            """);
        using var reader = statement.Query(clientId, before);
        var campaigns = new List<(string, int)>();
        while (reader.Read()) campaigns.Add((reader.GetString(0), reader.GetInt32(1)));
        return campaigns;
    }

    /// <summary>Makes the sums of a campaign, once.</summary>
    public Task CloseAsync(long clientId, string campaign, int channelId)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (context.Execute("INSERT INTO optimove_cursor (name, stamp) VALUES ('closed/' || $1 || '/' || $2 || '/' || $3, $4) ON CONFLICT (name) DO NOTHING",
                    clientId.ToString(System.Globalization.CultureInfo.InvariantCulture), channelId.ToString(System.Globalization.CultureInfo.InvariantCulture), campaign, now) == 0) return;
            InteractionStore.Close(context, clientId, campaign, channelId);
            context.Execute(
                "UPDATE optimove_campaign SET state = $4, changed_at = $5 WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND state IN (3, 4)",
                clientId, campaign, channelId, (int)CampaignState.Closed, now);
        });
    }

    private async Task AddAsync(IReadOnlyList<MessageNews> news, Action<WriteContext, MessageNews> more)
    {
        var now = time.NowMicroseconds();
        foreach (var block in news.Where(item => (int)item.Kind >= 0).Chunk(Block))
        {
            await writer.WriteAsync(context =>
            {
                foreach (var item in block)
                {
                    if (InteractionStore.Add(context, item.Interaction, now)) more(context, item);
                }
            }).ConfigureAwait(false);
        }
    }

    private List<MessageNews> News(string sql, long clientId, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var news = new List<MessageNews>();
        while (reader.Read())
        {
            var interaction = new NewInteraction(clientId, reader.GetString(7), reader.GetInt32(8), reader.GetInt32(9), (InteractionKind)reader.GetInt32(3),
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(4));
            news.Add(new MessageNews(interaction, reader.GetInt64(10), reader.GetInt32(5), reader.GetInt64(6)));
        }

        return news;
    }
}
