using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>Events of our side become attributes at Optimove (optimove spec section 10.5).</summary>
public sealed class Hooks
{
    [Trait("Optimove", "10")]
    [Fact]
    public async Task A_key_without_the_right_silences_the_hook_and_nothing_else()
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        trial.State.Keys[OptimoveTrial.ApiKey] = KeyRole.Integrations;
        await trial.ServeAsync();
        await trial.SaveAsync(HookOf(1));
        await trial.IsAsync("Active");
        await trial.SeedAsync(5);
        await FireAsync(trial, [("cust-1", 1)], fields: 1);
        await Eventually.ThatAsync("refusal of the hook", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_connector WHERE missing LIKE '%UpdateCustomerAttributes%'") == 1, trial.Silo);
        trial.Campaign("70123", 5);
        await trial.ExecutedAsync("70123");
        await trial.CampaignIsAsync("70123", 4);

        var status = await trial.Installation.RunAsync("optimove", "status", "--client", "demo");
        Assert.Contains("PERMISSION_ERROR: the key may not call", status.Output, StringComparison.Ordinal);
        Assert.Contains("UpdateCustomerAttributes", status.Output, StringComparison.Ordinal);
        Assert.Single(trial.State.CallsOf("UpdateCustomerAttributes"));
        Assert.Equal(5, trial.Books.Sink().Count);

        // A key with the right takes up what has waited.
        trial.State.Keys["another-key-with-rights"] = KeyRole.Admin;
        trial.State.Fields.TryAdd("FIELD_0", 0);
        trial.State.Customers["cust-1"] = new(StringComparer.OrdinalIgnoreCase);
        await trial.SaveAsync(HookOf(1), "another-key-with-rights");
        await Eventually.ThatAsync("the attribute", () => trial.State.Customers["cust-1"].GetValueOrDefault("FIELD_0") == "1-0", trial.Silo);
    }

    [Trait("Optimove", "11")]
    [Fact]
    public async Task Many_changes_travel_in_few_requests_and_the_last_value_wins()
    {
        const int Customers = 2_345;
        const int Fields = 12;
        await using var trial = await OptimoveTrial.StartAsync(HookOf(Fields), "Optimove:CoalesceSeconds=2");
        for (var field = 0; field < Fields; field++) trial.State.Fields.TryAdd($"FIELD_{field}", 0);
        trial.State.Fields.TryRemove("FIELD_7", out _);
        trial.State.LockedFields.TryAdd("FIELD_8", 0);
        for (var i = 1; i < Customers; i++) trial.State.Customers[OptimoveTrial.Id(i)] = new(StringComparer.OrdinalIgnoreCase);
        trial.State.Callbacks = 2;

        await FireAsync(trial, Enumerable.Range(0, Customers).Select(i => (OptimoveTrial.Id(i), 1)), Fields);
        await FireAsync(trial, Enumerable.Range(0, Customers).Select(i => (OptimoveTrial.Id(i), 2)), Fields);
        await Eventually.ThatAsync("all attributes", () => trial.Books.Scalar("SELECT COUNT(*) FROM optimove_attribute WHERE field NOT IN (SELECT field FROM optimove_locked_field)") == 0
            && trial.Books.Scalar("SELECT COUNT(*) FROM optimove_batch WHERE state IN (0, 1)") == 0, trial.Silo);

        var requests = trial.State.Bodies("UpdateCustomerAttributes").Select(body => JsonNode.Parse(body)!["CustomerNewAttributesValuesList"]!.AsArray()).ToList();
        Assert.All(requests, customers => Assert.InRange(customers.Count, 1, 1_000));
        Assert.All(requests.SelectMany(customers => customers), customer => Assert.InRange(customer!["Attributes"]!.AsArray().Count, 1, 10));
        Assert.InRange(requests.Count, 5, 40);
        for (var i = 1; i < Customers; i++) Assert.Equal("2-0", trial.State.Customers[OptimoveTrial.Id(i)]["FIELD_0"]);
        Assert.Equal(Fields - 2, trial.State.Customers[OptimoveTrial.Id(1)].Count);
        Assert.Equal(Fields - 2, trial.Books.Scalar("SELECT COUNT(DISTINCT field) FROM optimove_dead_letter WHERE error = 'INVALID_CUSTOMER' AND field NOT IN ('FIELD_7', 'FIELD_8')"));
        Assert.InRange(trial.Books.Scalar("SELECT COUNT(DISTINCT customer) FROM optimove_dead_letter WHERE error = 'INVALID_FIELD' AND field = 'FIELD_7'"), Customers - 1, Customers);
        Assert.Equal("FIELD_8", trial.Books.Text("SELECT field FROM optimove_locked_field"));

        // Once Optimove has opened the field, what was refused goes out.
        trial.State.LockedFields.Clear();
        trial.State.Fields.TryAdd("FIELD_7", 0);
        (await trial.Installation.RunAsync("optimove", "replay", "--client", "demo", "--what", "dead-letters")).Succeeded();
        await Eventually.ThatAsync("the rest", () => Enumerable.Range(1, Customers - 1).All(i => trial.State.Customers[OptimoveTrial.Id(i)] is var values
            && values.GetValueOrDefault("FIELD_7") == "2-7" && values.GetValueOrDefault("FIELD_8") == "2-8"), trial.Silo);
    }

    [Fact]
    public async Task A_changed_profile_attribute_fires_its_hook_unless_it_came_from_Optimove()
    {
        await using var trial = await OptimoveTrial.StartAsync(new
        {
            hooks = new[] { new { name = "loyalty", @event = "PROFILE_ATTRIBUTE_CHANGE", fields = new[] { new { path = "attributes.loyalty", realFieldName = "LOYALTY_STATUS" } } } },
        });
        trial.State.Fields.TryAdd("LOYALTY_STATUS", 0);
        foreach (var id in new[] { "a", "b", "c" }) trial.State.Customers[id] = new(StringComparer.OrdinalIgnoreCase);

        await SaveProfileAsync(trial, "b", "Gold", "?source=optimove");
        await SaveProfileAsync(trial, "a", "Gold", "");
        await Eventually.ThatAsync("the attribute", () => trial.State.Customers["a"].GetValueOrDefault("LOYALTY_STATUS") == "Gold", trial.Silo);
        await SaveProfileAsync(trial, "a", "Gold", "");
        await SaveProfileAsync(trial, "c", "Silver", "");
        await Eventually.ThatAsync("the other attribute", () => trial.State.Customers["c"].GetValueOrDefault("LOYALTY_STATUS") == "Silver", trial.Silo);

        Assert.Empty(trial.State.Customers["b"]);
        Assert.Equal(1, trial.State.Bodies("UpdateCustomerAttributes").Count(body => body.Contains("Gold", StringComparison.Ordinal)));
    }

    [Trait("Optimove", "13")]
    [Fact]
    public async Task An_inactive_connector_is_silent_in_both_directions()
    {
        await using var trial = await OptimoveTrial.StartAsync(HookOf(1));
        await trial.SeedAsync(1);
        var url = trial.State.ListenersNow().First(listener => listener.EventType == 11).Url;
        var hook = HookOf(1);
        hook["active"] = false;
        await trial.SaveAsync(hook, apiKey: null);
        await trial.IsAsync("Inactive");

        Assert.Empty(trial.State.ListenersNow());
        using var call = await trial.Silo.SendAsync(HttpMethod.Post, url, new StringContent("""{"eventTypeID":11,"campaignID":"x","channelID":504,"templateID":234,"customerID":"cust-0"}"""));
        using var unknown = await trial.Silo.SendAsync(HttpMethod.Post, "/optimove/event/0123456789abcdef", new StringContent("{}"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, call.StatusCode);
        Assert.Equal(await unknown.Content.ReadAsStringAsync(), await call.Content.ReadAsStringAsync());
        Assert.Contains("0 attributes are stored, 1 events dropped", await FireAsync(trial, [("cust-0", 1)], fields: 1), StringComparison.Ordinal);
        Assert.Equal(0, trial.Books.Scalar("SELECT COUNT(*) FROM optimove_attribute"));
        Assert.Empty(trial.State.CallsOf("UpdateCustomerAttributes"));
    }

    internal static JsonObject HookOf(int fields) => new()
    {
        ["hooks"] = new JsonArray(new JsonObject
        {
            ["name"] = "purchases",
            ["event"] = "PURCHASE_COMPLETE",
            ["fields"] = new JsonArray([.. Enumerable.Range(0, fields).Select(i => (JsonNode)new JsonObject { ["path"] = $"basket.f{i}", ["realFieldName"] = $"FIELD_{i}" })]),
        }),
    };

    internal static async Task<string> FireAsync(OptimoveTrial trial, IEnumerable<(string Customer, int Value)> events, int fields)
    {
        var body = new JsonArray([.. events.Select(each => (JsonNode)new JsonObject
        {
            ["name"] = "PURCHASE_COMPLETE",
            ["externalId"] = each.Customer,
            ["basket"] = new JsonObject(Enumerable.Range(0, fields).Select(i => KeyValuePair.Create($"f{i}", (JsonNode?)$"{each.Value}-{i}"))),
        })]);
        using var response = await trial.Silo.SendAsync(HttpMethod.Post, "/api/v1/clients/demo/events", JsonContent.Create(body));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task SaveProfileAsync(OptimoveTrial trial, string id, string loyalty, string query)
    {
        var profiles = new JsonArray(new JsonObject { ["externalId"] = id, ["email"] = id + "@example.org", ["attributes"] = new JsonObject { ["loyalty"] = loyalty } });
        using var response = await trial.Silo.SendAsync(HttpMethod.Post, "/api/v1/clients/demo/profiles" + query, JsonContent.Create(profiles));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
