using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>From a call of Optimove to a mail in the sink.</summary>
public sealed class FirstMessages
{
    [Fact]
    public async Task A_scheduled_campaign_is_sent_to_its_customers()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(12);
        trial.Campaign("70123", 10);
        trial.State.Customers["cust-3"] = new(StringComparer.OrdinalIgnoreCase) { ["FIRST_NAME"] = "Ada" };

        Assert.Equal([200], await trial.ExecutedAsync("70123"));

        await trial.CampaignIsAsync("70123", 4);
        Assert.Equal(Enumerable.Range(0, 10).Select(OptimoveTrial.Address).Order(StringComparer.Ordinal), trial.Books.Sink().Select(record => record.To.Single()).Order(StringComparer.Ordinal));
        Assert.Contains(trial.Books.Sink(), record => record.Subject == "Ada, spring is here");
    }

    [Fact]
    public async Task A_trigger_is_sent_at_once()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(3);

        Assert.Equal([200], await trial.TriggerAsync("cust-1"));

        await Eventually.ThatAsync("mail", () => trial.Books.Sink().Count == 1, trial.Silo);
        var mail = Assert.Single(trial.Books.Sink());
        Assert.Equal("cust.1@example.org", mail.To.Single());
        Assert.Equal("Ada, spring is here", mail.Subject);
        Assert.Equal(0, trial.Books.Scalar("SELECT COUNT(*) FROM mailing WHERE accepted <> (SELECT COUNT(*) FROM ledger l WHERE l.mailing_id = mailing.mailing_id)"));
    }
}
