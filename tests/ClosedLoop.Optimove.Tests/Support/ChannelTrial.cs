using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Optimove.Tests.Support;

/// <summary>A connector whose execution channel is SMS or push, in mode Live against doubles of the providers.</summary>
internal static class ChannelTrial
{
    public const int Sms = 505;
    public const int Push = 506;

    /// <param name="channelId">The channel at Optimove.</param>
    /// <param name="connector">Further keys of the connector.</param>
    /// <param name="channels">The client's <c>channels</c>, made once there is an installation to put files into.</param>
    /// <param name="engagement">Whether the token of engagement events is saved.</param>
    public static async Task<OptimoveTrial> StartAsync(int channelId, object connector, Func<Installation, string> channels, bool engagement = false)
    {
        var trial = await OptimoveTrial.CreateAsync();
        ChannelDefinitions.GoLive(trial.Installation);
        await ChannelDefinitions.ApplyAsync(trial.Installation, channels(trial.Installation));
        await trial.ServeAsync();
        var definition = trial.Connector(connector);
        definition["channels"] = new JsonArray(new JsonObject { ["channelId"] = channelId, ["medium"] = channelId == Sms ? "SMS" : "PUSH" });
        definition["templates"] = new JsonArray(new JsonObject { ["templateId"] = OptimoveTrial.Template, ["source"] = channelId == Sms ? ChannelDefinitions.Sms : ChannelDefinitions.Push });
        if (engagement) definition["engagementUrl"] = trial.Optimove.Address + "/api/saveEvent";
        var file = new JsonObject { ["apiKey"] = OptimoveTrial.ApiKey, ["connector"] = definition };
        if (engagement) file["engagementToken"] = trial.State.EngagementToken;
        using var saved = await trial.Silo.SendAsync(HttpMethod.Put, "/api/v1/clients/demo/optimove", JsonContent.Create(file));
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        await trial.IsAsync("Active");
        return trial;
    }

    public static string Number(int i) => FormattableString.Invariant($"+49151{i:00000000}");

    /// <summary>People with phone numbers: the last but one has opted out, the last one has none.</summary>
    public static async Task PhonesAsync(OptimoveTrial trial, int count)
    {
        var profiles = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject
        {
            ["externalId"] = OptimoveTrial.Id(i),
            ["phone"] = i == count - 1 ? null : Number(i),
            ["phoneConsent"] = i == count - 2 ? "optedOut" : "unknown",
            ["attributes"] = new JsonObject { ["firstname"] = "Anna", ["city"] = "Gent" },
        })]);
        using var response = await trial.Silo.SendAsync(HttpMethod.Post, "/api/v1/clients/demo/profiles", JsonContent.Create(profiles));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A person with devices.</summary>
    public static async Task DevicesAsync(OptimoveTrial trial, string id, params (string Token, string Platform)[] devices)
    {
        await trial.SeedProfileAsync(id, ("firstname", "Anna"), ("city", "Gent"));
        foreach (var (token, platform) in devices)
        {
            using var response = await trial.Silo.SendAsync(HttpMethod.Post, $"/api/v1/clients/demo/profiles/{id}/devices?token={token}&platform={platform}");
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    public static async Task ExecutedAsync(OptimoveTrial trial, int channel, IEnumerable<string> customers)
    {
        trial.State.Campaigns[("70123", channel)] = new DoubleCampaign("70123", channel, [.. customers.Select(id => new DoubleCustomer(id, OptimoveTrial.Template, Schedule: null))]);
        Assert.Equal([200], await trial.Optimove.FireAsync(new FireOrder { Type = 13, Campaign = "70123", Channel = channel }));
    }

    public static async Task TriggeredAsync(OptimoveTrial trial, int channel, string customer, string campaign = "rt-1") =>
        Assert.Equal([200], await trial.Optimove.FireAsync(new FireOrder { Type = 11, Campaign = campaign, Channel = channel, Template = OptimoveTrial.Template, Customer = customer, Style = "camel" }));

    /// <summary>What Optimove was told of a campaign one by one: kind and customer, in order.</summary>
    public static IReadOnlyList<string> Told(OptimoveTrial trial, string campaign) =>
    [
        .. trial.State.Bodies("UpdateCampaignInteractions").Select(body => JsonNode.Parse(body)!).Where(body => body["CampaignID"]!.ToString() == campaign)
            .SelectMany(body => body["CustomerIDs"]!.AsArray().Select(customer => $"{body["EventID"]}/{customer}")).Order(StringComparer.Ordinal),
    ];

    /// <summary>What engagement events said of a campaign.</summary>
    public static IReadOnlyList<string> Engaged(OptimoveTrial trial, string campaign) =>
    [
        .. trial.State.Bodies("saveEvent").SelectMany(body => JsonNode.Parse(body)!.AsArray()).Where(said => said!["context"]!["campaign_id"]!.ToString() == campaign)
            .Select(said => $"{said!["event"]}/{said["customer"]}").Order(StringComparer.Ordinal),
    ];
}
