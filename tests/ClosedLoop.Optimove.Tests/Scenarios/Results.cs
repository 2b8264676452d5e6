using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>What happened to messages, told to Optimove (optimove spec section 7).</summary>
public sealed partial class Results
{
    [Trait("Optimove", "12")]
    [Fact]
    public async Task Results_whose_answer_is_lost_are_not_told_again()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(20);
        trial.Campaign("70123", 20);
        trial.State.AddFault(new DoubleFault { Path = "UpdateCampaignInteractions", DropAfterSend = true });

        await trial.ExecutedAsync("70123");
        await trial.CampaignIsAsync("70123", 4);
        await Eventually.ThatAsync("results in doubt", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_interaction WHERE state = 3") > 0, trial.Silo);
        await Eventually.ThatAsync("all results", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_interaction WHERE state IN (0, 1)") == 0
            && trial.Books.Scalar("SELECT COUNT(*) FROM optimove_interaction") == 20, trial.Silo);
        var told = Told(trial);
        Assert.Equal(20, told.Count);
        Assert.Equal(20, told.Distinct(StringComparer.Ordinal).Count());
    }

    [Trait("Optimove", "12")]
    [Fact]
    public async Task Sums_are_told_once_when_the_campaign_is_closed()
    {
        await using var trial = await OptimoveTrial.StartAsync(new { metricsMode = "metrics", closeAfterHours = 0.0005 });
        await trial.SeedAsync(19);
        trial.Campaign("70123", 20);

        await trial.ExecutedAsync("70123");
        await trial.CampaignIsAsync("70123", 5);
        await Eventually.ThatAsync("sums", () => trial.State.Bodies("UpdateCampaignMetrics").Count > 0, trial.Silo);
        await Eventually.ThatAsync("posted sums", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_total WHERE state = 2") == 2, trial.Silo);

        var sums = trial.State.Bodies("UpdateCampaignMetrics").SelectMany(body => JsonNode.Parse(body)!.AsArray()).ToDictionary(sum => sum!["MetricID"]!.GetValue<int>(), sum => sum!["MetricValue"]!.GetValue<int>());
        Assert.Equal(new Dictionary<int, int> { [0] = 19, [5] = 1 }, sums);
        Assert.Empty(trial.State.CallsOf("UpdateCampaignInteractions"));
    }

    [Fact]
    public async Task Opens_and_clicks_of_people_are_told_once()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(2);
        await trial.TriggerAsync("cust-1");
        await Eventually.ThatAsync("mail", () => trial.Books.Sink().Count == 1, trial.Silo);
        var html = MimeMessage.Parse(SinkLedger.ReadMessage(trial.Books.SinkLedgerPath, trial.Books.Sink().Single())).HtmlBody!;
        foreach (var url in Tracked().Matches(html).Select(match => match.Value).Distinct(StringComparer.Ordinal).Take(2).Append(Pixel().Match(html).Value))
        {
            for (var i = 0; i < 2; i++) (await trial.Silo.SendAsync(HttpMethod.Get, url, agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")).Dispose();
        }

        await Eventually.ThatAsync("told results", () => trial.State.Bodies("UpdateCampaignInteractions").Count == 3, trial.Silo);
        Assert.Equal([0, 2, 3], trial.State.Bodies("UpdateCampaignInteractions").Select(body => JsonNode.Parse(body)!["EventID"]!.GetValue<int>()).Order());
        Assert.All(trial.State.Bodies("UpdateCampaignInteractions"), body => Assert.Equal("rt-1", JsonNode.Parse(body)!["CampaignID"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Engagement_events_are_signed()
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        await trial.ServeAsync();
        var file = new JsonObject
        {
            ["apiKey"] = OptimoveTrial.ApiKey,
            ["engagementToken"] = trial.State.EngagementToken,
            ["connector"] = trial.Connector(new { metricsMode = "engagementEvents", engagementUrl = trial.Optimove.Address + "/api/saveEvent" }),
        };
        using var saved = await trial.Silo.SendAsync(HttpMethod.Put, "/api/v1/clients/demo/optimove", System.Net.Http.Json.JsonContent.Create(file));
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        await trial.IsAsync("Active");
        await trial.SeedAsync(2);
        await trial.TriggerAsync("cust-1");

        await Eventually.ThatAsync("event", () => trial.State.Bodies("saveEvent").Count == 1, trial.Silo);
        var said = JsonNode.Parse(trial.State.Bodies("saveEvent").Single())!.AsArray().Single()!;
        Assert.Equal(("sent", "metric", "cust-1"), (said["event"]!.GetValue<string>(), said["category"]!.GetValue<string>(), said["customer"]!.GetValue<string>()));
    }

    private static List<string> Told(OptimoveTrial trial) =>
        [.. trial.State.Bodies("UpdateCampaignInteractions").SelectMany(body => JsonNode.Parse(body)!["CustomerIDs"]!.AsArray()).Select(customer => customer!.GetValue<string>())];

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+/c/[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tracked();

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+/o/[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pixel();
}
