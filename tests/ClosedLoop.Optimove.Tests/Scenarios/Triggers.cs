using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>Event 11 (optimove spec section 10.3).</summary>
public sealed class Triggers
{
    [Trait("Optimove", "8")]
    [Fact]
    public async Task Each_way_of_writing_a_trigger_sends_one_message_and_its_repetition_none()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(5);
        var now = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

        await trial.TriggerAsync("cust-0", "9f3c-77", "pascal", now, """["SPRING10"]""");
        await trial.TriggerAsync("cust-1", "9F3C-77", "camel", now, "\"SPRING10,FREESHIP\"");
        await trial.TriggerAsync("cust-2", "9f3c-77", "netmera", now);
        await trial.TriggerAsync("cust-2", "9f3c-77", "pascal", now);
        await trial.TriggerAsync("cust-nobody", "9f3c-77", "camel", now);
        await Eventually.ThatAsync("mails", () => trial.Books.Sink().Count == 3 && trial.Books.Scalar("SELECT COUNT(*) FROM optimove_event WHERE state = 0") == 0, trial.Silo);

        Assert.Equal(["cust.0@example.org", "cust.1@example.org", "cust.2@example.org"], trial.Books.Sink().Select(record => record.To.Single()).Order(StringComparer.Ordinal));
        Assert.Equal(1, trial.Books.Scalar("SELECT COUNT(*) FROM mailing"));
        Assert.Equal("UnknownUser", trial.Books.Text("SELECT reason FROM optimove_event WHERE state = 2"));

        // The same person may be triggered again at another time.
        await trial.TriggerAsync("cust-2", "9f3c-77", "pascal", DateTime.UtcNow.AddSeconds(-30).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        await Eventually.ThatAsync("another mail", () => trial.Books.Sink().Count == 4, trial.Silo);
    }

    [Fact]
    public async Task A_trigger_that_is_too_old_is_dropped()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(1);

        await trial.TriggerAsync("cust-0", timeStamp: DateTime.UtcNow.AddMinutes(-20).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        await Eventually.ThatAsync("dropped trigger", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_event WHERE reason = 'Expired'") == 1, trial.Silo);

        await Eventually.ThatAsync("report of the drop", () => trial.State.Bodies("UpdateCampaignInteractions").Count == 1, trial.Silo);
        Assert.Contains("\"EventID\":5", trial.State.Bodies("UpdateCampaignInteractions").Single(), StringComparison.Ordinal);
        Assert.Empty(trial.Books.Sink());

        // Whoever looks why nothing came is told.
        var status = (await trial.Installation.RunAsync("optimove", "status", "--json")).Succeeded().Json();
        Assert.Equal(1, status.GetProperty("connectors")[0].GetProperty("callsNotUsed").GetProperty("Expired").GetInt32());
    }
}
