using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>Opt-outs and opt-ins, told to Optimove as what holds now (optimove spec section 9).</summary>
public sealed class Preferences
{
    private const string Call = "SetCustomerChannelPreference";
    private const int In = 11;
    private const int Out = 12;

    [Theory]
    [InlineData("interactions")]
    [InlineData("metrics")]
    [InlineData("engagementEvents")]
    public async Task Whoever_comes_back_is_told_in_every_way_of_telling_results(string metricsMode)
    {
        await using var trial = await OptimoveTrial.StartAsync(new { metricsMode, modeOptIn = In, modeOptOut = Out, engagementUrl = "https://metric-1.example.com/api/saveEvent" });
        await trial.SeedAsync(2);
        await trial.TriggerAsync("cust-1");
        await UnsubscribeAsync(trial);
        await Eventually.ThatAsync("opt-out", () => Told(trial).Count == 1, trial.Silo);

        // Optimove is away when it is to be told: it is told again, and a lost answer does no harm.
        trial.State.AddFault(new DoubleFault { Path = Call, Status = 503, Times = 2 });
        trial.State.AddFault(new DoubleFault { Path = Call, DropAfterSend = true });
        await ResubscribeAsync(trial, OptimoveTrial.Address(1));
        await Eventually.ThatAsync("opt-in", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_preference WHERE opted_in = 1 AND state = 1") == 1, trial.Silo);
        var told = Told(trial);
        Assert.Equal($"{Out}/504/cust-1", told[0]);
        Assert.Equal(2, told.Distinct().Count());
        Assert.Equal($"{In}/504/cust-1", told[^1]);
        Assert.Equal(0, trial.Books.Scalar("SELECT COUNT(*) FROM optimove_consent"));
    }

    [Fact]
    public async Task Consent_that_a_client_stores_is_told_when_it_changes_and_only_then()
    {
        await using var trial = await OptimoveTrial.StartAsync(new { modeOptIn = In, modeOptOut = Out });
        await trial.SeedAsync([("a", "a@example.org", "optedIn"), ("b", "b@example.org", "unknown"), ("c", "c@example.org", "optedOut"), ("d", "d@example.org", "optedOut")]);
        await trial.SeedAsync([("a", "a@example.org", "optedOut"), ("b", "b@example.org", "optedIn"), ("c", "c@example.org", "optedIn"), ("d", "d@example.org", "optedOut")]);
        await Eventually.ThatAsync("preferences", () => Told(trial).Count == 3, trial.Silo);
        Assert.Equal([$"{In}/504/b", $"{In}/504/c", $"{Out}/504/a"], Told(trial).Order(StringComparer.Ordinal));

        // What comes from Optimove does not go back there.
        using var profiles = JsonContent.Create(new JsonArray(new JsonObject { ["externalId"] = "a", ["email"] = "a@example.org", ["emailConsent"] = "optedIn" }));
        using var saved = await trial.Silo.SendAsync(HttpMethod.Post, "/api/v1/clients/demo/profiles?source=optimove", profiles);
        Assert.True(saved.IsSuccessStatusCode);
        Assert.Equal(0, trial.Books.Scalar("SELECT COUNT(*) FROM optimove_consent WHERE person = 'a'"));
    }

    [Fact]
    public async Task Whom_messages_still_do_not_reach_is_not_told_to_be_back()
    {
        await using var trial = await OptimoveTrial.StartAsync(new { modeOptIn = In, modeOptOut = Out });
        await trial.SeedAsync(2);
        await trial.TriggerAsync("cust-1");
        await UnsubscribeAsync(trial);
        await trial.SeedAsync([("cust-1", OptimoveTrial.Address(1), "optedOut")]);
        await trial.SeedAsync([("cust-1", OptimoveTrial.Address(1), "optedIn")]);
        await Eventually.ThatAsync("opt-out", () => Told(trial).Count == 1 && trial.Books.Scalar("SELECT COUNT(*) FROM optimove_consent") == 0, trial.Silo);
        Assert.Equal(0, trial.Books.Scalar("SELECT COUNT(*) FROM optimove_preference WHERE opted_in = 1"));
    }

    [Fact]
    public async Task What_Optimove_refuses_is_kept_aside_and_told_on_demand()
    {
        await using var trial = await OptimoveTrial.StartAsync(new { modeOptIn = In, modeOptOut = Out });
        trial.State.AddFault(new DoubleFault { Path = Call, Status = 400, Body = "CommunicationMode is invalid" });
        await trial.SeedAsync([("a", "a@example.org", "optedOut")]);
        await trial.SeedAsync([("a", "a@example.org", "optedIn")]);
        await Eventually.ThatAsync("refusal", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_preference WHERE state = 2 AND reason LIKE '%CommunicationMode%'") == 1, trial.Silo);
        Assert.Contains("opt-ins and opt-outs: 1 Refused", (await trial.Installation.RunAsync("optimove", "status", "--client", "demo")).Succeeded().Output, StringComparison.Ordinal);

        (await trial.Installation.RunAsync("optimove", "replay", "--client", "demo", "--what", "preferences")).Succeeded();
        await Eventually.ThatAsync("opt-in", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_preference WHERE state = 1") == 1, trial.Silo);
        Assert.Equal($"{In}/504/a", Told(trial)[^1]);
    }

    [Fact]
    public async Task A_change_that_a_killed_service_had_taken_is_told_by_the_next()
    {
        await using var trial = await OptimoveTrial.StartAsync(new { modeOptIn = In, modeOptOut = Out });
        await trial.SeedAsync([("a", "a@example.org", "optedOut")]);
        trial.State.AddFault(new DoubleFault { Path = Call, Status = 503, Times = 1_000 });
        await trial.SeedAsync([("a", "a@example.org", "optedIn")]);
        await trial.Silo.KillAsync();
        lock (trial.State.Lock) trial.State.Faults.Clear();
        await trial.ServeAsync();
        await Eventually.ThatAsync("opt-in", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_preference WHERE state = 1") == 1, trial.Silo);
        Assert.Equal($"{In}/504/a", Told(trial)[^1]);
    }

    /// <summary>Mode, channel and customer of every request that was answered well, in order.</summary>
    private static List<string> Told(OptimoveTrial trial) =>
        [.. trial.State.Bodies(Call).Select(body => JsonNode.Parse(body)!).SelectMany(body => body["CustomerIDs"]!.AsArray().Select(customer => $"{body["CommunicationMode"]}/{body["ChannelID"]}/{customer}"))];

    private static async Task UnsubscribeAsync(OptimoveTrial trial)
    {
        await Eventually.ThatAsync("mail", () => trial.Books.Sink().Count == 1, trial.Silo);
        var headers = MimeMessage.Parse(SinkLedger.ReadMessage(trial.Books.SinkLedgerPath, trial.Books.Sink().Single())).Headers;
        var address = headers["List-Unsubscribe"]!.Split(',').Select(part => part.Trim(' ', '<', '>')).Single(part => part.StartsWith("http", StringComparison.Ordinal));
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        using var response = await trial.Silo.SendAsync(HttpMethod.Post, address, form);
        Assert.True(response.IsSuccessStatusCode);
        await Eventually.ThatAsync("unsubscribe", () => trial.Books.Scalar("SELECT COUNT(*) FROM suppression") == 1, trial.Silo);
    }

    private static async Task ResubscribeAsync(OptimoveTrial trial, string address)
    {
        using var response = await trial.Silo.SendAsync(HttpMethod.Post, $"/api/v1/clients/demo/unsubscribes/remove?entry={address}&reason=asked");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
