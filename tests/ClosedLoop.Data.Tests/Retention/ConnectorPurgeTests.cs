using ClosedLoop.Data.Retention;

namespace ClosedLoop.Data.Tests.Retention;

/// <summary>What connectors remember goes after its time, and what is still at work stays.</summary>
public sealed class ConnectorPurgeTests : OneDatabaseTests
{
    private const long Before = 1_000_000;
    private const long Client = TestDatabase.ClientId;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_campaign_goes_with_all_that_was_written_of_it_and_a_younger_one_stays(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var (old, young) = (await FinishedAsync(), await FinishedAsync());
        await CampaignAsync("a/b", old, Before - 1, state: 5, customers: ConnectorPurge.RowsPerTransaction + 3);
        await CampaignAsync("young", young, Before, state: 5, customers: 2);

        var removed = await Purge.RemoveAsync(Client, Before, CancellationToken.None);

        Assert.Equal((2 * (ConnectorPurge.RowsPerTransaction + 3)) + 1 + 1 + 2, removed);
        Assert.Equal((2, 2, 1, 1, 1, 1), (Count("optimove_send"), Count("optimove_interaction"), Count("optimove_mailing"), Count("optimove_campaign"), Count("optimove_total"), Count("optimove_cursor")));
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM optimove_send WHERE campaign = 'a/b'"));
        Assert.Equal(0, await Purge.RemoveAsync(Client, Before, CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_waits_or_is_being_sent_stays_however_old_it_is(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await FinishedAsync();
        await CampaignAsync("sending", mailing, 1, state: 3, customers: 2);
        await Test.Writer.WriteAsync(context =>
        {
            context.Execute("UPDATE mailing SET state = 2, finished_at = NULL WHERE mailing_id = $1", mailing);
            context.Execute("UPDATE optimove_interaction SET state = 0");
            context.Execute("UPDATE optimove_total SET state = 0");
        });

        Assert.Equal(0, await Purge.RemoveAsync(Client, Before, CancellationToken.None));
        Assert.Equal((2, 2, 1, 1, 1, 1), (Count("optimove_send"), Count("optimove_interaction"), Count("optimove_mailing"), Count("optimove_campaign"), Count("optimove_total"), Count("optimove_cursor")));
        Assert.Equal(0, await Purge.RemoveAsync(Client + 1, long.MaxValue, CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Triggers_without_a_mailing_removed_listeners_and_keys_that_are_over_go(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        await Test.Writer.WriteAsync(context =>
        {
            foreach (var at in new[] { Before - 1, Before })
            {
                context.Execute(
                    "INSERT INTO optimove_send (client_id, campaign, channel_id, template_id, customer, trigger_key, state, due_at, recorded) VALUES ($1, 'rt', 504, 1, 'x', $3, 1, 0, $2)", Client, at, $"{at}");
                context.Execute("INSERT INTO optimove_listener (client_id, event_type, channel_id, address, state, registered_at, last_seen_at) VALUES ($1, 11, 504, $3, 'removed', 0, $2)", Client, at, $"{at}");
                context.Execute("INSERT INTO optimove_app_key (hash, client_id, valid_until) VALUES ($3, $1, $2)", Client, at, $"{at}");
            }

            context.Execute("INSERT INTO optimove_listener (client_id, event_type, channel_id, address, state, registered_at, last_seen_at) VALUES ($1, 11, 504, 'now', 'registered', 0, 0)", Client);
            context.Execute("INSERT INTO optimove_app_key (hash, client_id) VALUES ('now', $1)", Client);
        });

        Assert.Equal(3, await Purge.RemoveAsync(Client, Before, CancellationToken.None));
        Assert.Equal((1, 2, 2), (Count("optimove_send"), Count("optimove_listener"), Count("optimove_app_key")));
    }

    private ConnectorPurge Purge => new(Test.Database, Test.Writer);

    private long Count(string table) => Test.Scalar($"SELECT COUNT(*) FROM {table}");

    private async Task<long> FinishedAsync()
    {
        var mailing = await Test.CreateAsync();
        await Test.Writer.WriteAsync(context => context.Execute("UPDATE mailing SET state = 5, finished_at = 1 WHERE mailing_id = $1", mailing.MailingId));
        return mailing.MailingId;
    }

    private Task CampaignAsync(string campaign, long mailing, long at, int state, int customers) => Test.Writer.WriteAsync(context =>
    {
        context.Execute("INSERT INTO optimove_campaign (client_id, campaign, channel_id, label, state, first_at, changed_at) VALUES ($1, $2, 504, $2, $3, 1, $4)", Client, campaign, state, at);
        context.Execute("INSERT INTO optimove_mailing (mailing_id, client_id, campaign, channel_id, template_id, mode, created_at) VALUES ($1, $2, $3, 504, 1, 1, $4)", mailing, Client, campaign, at);
        context.Execute("INSERT INTO optimove_cursor (name, stamp) VALUES ($1, $2)", FormattableString.Invariant($"closed/{Client}/504/{campaign}"), at);
        context.Execute("INSERT INTO optimove_total (client_id, campaign, channel_id, template_id, metric_id, label, value, state) VALUES ($1, $2, 504, 1, 0, $2, 7, 2)", Client, campaign);
        for (var i = 0; i < customers; i++)
        {
            var customer = FormattableString.Invariant($"c{i}");
            context.Execute(
                "INSERT INTO optimove_send (client_id, campaign, channel_id, template_id, customer, trigger_key, state, mailing_id, sequence, due_at, recorded) VALUES ($1, $2, 504, 1, $3, '', 0, $4, $5, 0, $6)",
                Client, campaign, customer, mailing, i, at);
            context.Execute(
                "INSERT INTO optimove_interaction (client_id, campaign, channel_id, template_id, event_id, customer, trigger_key, label, occurred_at, created_at, state) VALUES ($1, $2, 504, 1, 0, $3, '', $2, $4, $4, 2)",
                Client, campaign, customer, at);
        }
    });
}
