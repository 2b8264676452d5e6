using ClosedLoop.Data.Optimove;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Tests.Privacy;

/// <summary>Who is erased by the id that Optimove knows is not named by what was sent any more.</summary>
public sealed class ConnectorErasureTests : OneDatabaseTests
{
    private const long Client = TestDatabase.ClientId;

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_sent_and_told_goes_with_the_person_and_what_is_not_done_with_stays(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var profiles = new ProfileStore(Test.Database, Test.Writer, Test.Clock);
        await profiles.SaveAsync(Client, [new Profile { ExternalId = "anna" }, new Profile { ExternalId = "bert" }]);
        var (ended, open) = (await Test.CreateAsync(), await Test.CreateAsync(2));
        await Test.Writer.WriteAsync(context =>
        {
            context.Execute("UPDATE mailing SET state = 5 WHERE mailing_id = $1", ended.MailingId);
            context.Execute("UPDATE mailing SET state = 3 WHERE mailing_id = $1", open.MailingId);
            foreach (var (campaign, customer, mailing, state) in new[] { ("done", "anna", ended.MailingId, 2), ("done", "bert", ended.MailingId, 2), ("open", "anna", open.MailingId, 0) })
            {
                context.Execute(
                    "INSERT INTO optimove_send (client_id, campaign, channel_id, template_id, customer, trigger_key, state, mailing_id, sequence, due_at, recorded) VALUES ($1, $2, 504, 1, $3, '', 0, $4, 0, 0, 1)",
                    Client, campaign, customer, mailing);
                context.Execute(
                    "INSERT INTO optimove_interaction (client_id, campaign, channel_id, template_id, event_id, customer, trigger_key, label, occurred_at, created_at, state) VALUES ($1, $2, 504, 1, 0, $3, '', $2, 1, 1, $4)",
                    Client, campaign, customer, state);
            }
        });

        Assert.True(await profiles.EraseAsync(Client, "anna"));

        foreach (var table in new[] { "optimove_send", "optimove_interaction" })
        {
            Assert.Equal(0, Test.Scalar($"SELECT COUNT(*) FROM {table} WHERE campaign = 'done' AND customer = 'anna'"));
            Assert.Equal(1, Test.Scalar($"SELECT COUNT(*) FROM {table} WHERE campaign = 'open' AND customer = 'anna'"));
            Assert.Equal(1, Test.Scalar($"SELECT COUNT(*) FROM {table} WHERE customer = 'bert'"));
        }
    }
}
