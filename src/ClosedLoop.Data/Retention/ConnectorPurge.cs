using System.Globalization;

namespace ClosedLoop.Data.Retention;

/// <summary>
/// Gives up what connectors have written down of customers and campaigns when its time is over (optimove spec section 12). What waits, or is still being sent, stays. Every
/// transaction removes a bounded number of rows.
/// </summary>
public sealed class ConnectorPurge(Database database, LedgerWriter writer)
{
    /// <summary>Rows that one transaction removes.</summary>
    public const int RowsPerTransaction = 2_000;

    /// <summary>In the order in which nothing is left that names what is gone.</summary>
    private static readonly string[] Steps =
    [
        """
        DELETE FROM optimove_interaction WHERE client_id = $1 AND (campaign, channel_id, template_id, event_id, customer, trigger_key) IN
            (SELECT campaign, channel_id, template_id, event_id, customer, trigger_key FROM optimove_interaction WHERE client_id = $1 AND state IN (2, 3, 4, 5) AND created_at < $2 LIMIT $3)
        """,
        """
        DELETE FROM optimove_send WHERE client_id = $1 AND (campaign, channel_id, template_id, customer, trigger_key) IN
            (SELECT s.campaign, s.channel_id, s.template_id, s.customer, s.trigger_key FROM optimove_send s WHERE s.client_id = $1 AND s.recorded < $2
                AND NOT EXISTS (SELECT 1 FROM mailing m WHERE m.mailing_id = s.mailing_id AND m.state NOT IN (5, 6))
                AND NOT EXISTS (SELECT 1 FROM optimove_campaign c WHERE c.client_id = s.client_id AND c.campaign = s.campaign AND c.channel_id = s.channel_id AND c.state IN (0, 1, 2, 3)) LIMIT $3)
        """,
        """
        DELETE FROM optimove_mailing WHERE mailing_id IN
            (SELECT o.mailing_id FROM optimove_mailing o WHERE o.client_id = $1 AND o.created_at < $2
                AND NOT EXISTS (SELECT 1 FROM mailing m WHERE m.mailing_id = o.mailing_id AND m.state NOT IN (5, 6))
                AND NOT EXISTS (SELECT 1 FROM optimove_send s WHERE s.mailing_id = o.mailing_id) LIMIT $3)
        """,
        """
        DELETE FROM optimove_campaign WHERE client_id = $1 AND (campaign, channel_id) IN
            (SELECT c.campaign, c.channel_id FROM optimove_campaign c WHERE c.client_id = $1 AND c.state IN (4, 5, 6, 7, 8) AND c.changed_at < $2
                AND NOT EXISTS (SELECT 1 FROM optimove_send s WHERE s.client_id = c.client_id AND s.campaign = c.campaign AND s.channel_id = c.channel_id) LIMIT $3)
        """,
        """
        DELETE FROM optimove_listener WHERE client_id = $1 AND (event_type, channel_id, address) IN
            (SELECT event_type, channel_id, address FROM optimove_listener WHERE client_id = $1 AND state = 'removed' AND last_seen_at < $2 LIMIT $3)
        """,

        // One that still waits is of a connector that tells none, and old news if it ever does.
        """
        DELETE FROM optimove_preference WHERE client_id = $1 AND (channel_id, customer) IN
            (SELECT channel_id, customer FROM optimove_preference WHERE client_id = $1 AND created_at < $2 LIMIT $3)
        """,
        """
        DELETE FROM optimove_consent WHERE client_id = $1 AND (person, by_address, medium) IN
            (SELECT person, by_address, medium FROM optimove_consent WHERE client_id = $1 AND recorded < $2 LIMIT $3)
        """,
        "DELETE FROM optimove_app_key WHERE hash IN (SELECT hash FROM optimove_app_key WHERE client_id = $1 AND valid_until < $2 LIMIT $3)",
    ];

    /// <summary>Removes what was written down for a client before a moment (microseconds).</summary>
    /// <returns>How many rows.</returns>
    public async Task<int> RemoveAsync(long clientId, long before, CancellationToken cancellation)
    {
        var sum = 0;
        foreach (var step in Steps)
        {
            int removed;
            do
            {
                cancellation.ThrowIfCancellationRequested();
                removed = await writer.WriteAsync(context => context.Execute(step, clientId, before, RowsPerTransaction)).ConfigureAwait(false);
                sum += removed;
            }
            while (removed > 0);
        }

        foreach (var closed in Closed(clientId, before))
        {
            cancellation.ThrowIfCancellationRequested();
            sum += await writer.WriteAsync(context => RemoveSums(context, clientId, closed)).ConfigureAwait(false);
        }

        return sum;
    }

    /// <summary>Marks of campaigns that were closed before a moment and of which nothing else is left.</summary>
    private List<string> Closed(long clientId, long before)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT name FROM optimove_cursor WHERE name LIKE 'closed/' || $1 || '/%' AND stamp < $2");
        using var reader = statement.Query(clientId.ToString(CultureInfo.InvariantCulture), before);
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }

    private static int RemoveSums(WriteContext context, long clientId, string name)
    {
        // closed/CLIENT/CHANNEL/CAMPAIGN; a campaign's id may have a slash in it.
        var parts = name.Split('/', 4);
        var (channel, campaign) = (int.Parse(parts[2], CultureInfo.InvariantCulture), parts[3]);
        if (context.Scalar("SELECT COUNT(*) FROM optimove_mailing WHERE client_id = $1 AND campaign = $2 AND channel_id = $3", clientId, campaign, channel) > 0
            || context.Scalar("SELECT COUNT(*) FROM optimove_total WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND state IN (0, 1)", clientId, campaign, channel) > 0) return 0;
        return context.Execute("DELETE FROM optimove_total WHERE client_id = $1 AND campaign = $2 AND channel_id = $3", clientId, campaign, channel)
            + context.Execute("DELETE FROM optimove_cursor WHERE name = $1", name);
    }
}
