using ClosedLoop.Optimove.Double;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>Listeners, from saving to removal (optimove spec section 10.1).</summary>
public sealed class Registering
{
    private static readonly object TwoChannels = new { channels = new[] { new { channelId = 504, medium = "EMAIL" }, new { channelId = 505, medium = "SMS" } } };

    [Trait("Optimove", "1")]
    [Fact]
    public async Task Saving_registers_each_listener_and_saving_again_changes_nothing()
    {
        await using var trial = await OptimoveTrial.StartAsync(TwoChannels);

        Assert.Equal([(4, 504), (4, 505), (11, 504), (11, 505), (13, 504), (13, 505)], trial.State.ListenersNow().Select(listener => (listener.EventType, listener.ChannelId)).Order());
        Assert.All(trial.State.ListenersNow(), listener => Assert.StartsWith(trial.Installation.Address + "/optimove/event/", listener.Url, StringComparison.Ordinal));
        var changes = Changes(trial);
        using var again = await trial.SaveAsync(TwoChannels);
        Assert.Contains("unchanged", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var register = await trial.Silo.SendAsync(HttpMethod.Post, "/api/v1/clients/demo/optimove/register");
        var looks = trial.State.CallsOf("GetRegisteredEventListeners").Count;
        await Eventually.ThatAsync("look at the listeners", () => trial.State.CallsOf("GetRegisteredEventListeners").Count > looks, trial.Silo);
        await trial.IsAsync("Active");
        Assert.Equal(changes, Changes(trial));
    }

    [Fact]
    public async Task Cancellations_are_listened_to_once_where_all_channels_are_ours()
    {
        await using var trial = await OptimoveTrial.StartAsync(new { cancelListenerScope = "allChannels" });

        Assert.Equal([(4, 0), (11, 504), (13, 504)], trial.State.ListenersNow().Select(listener => (listener.EventType, listener.ChannelId)).Order());
    }

    [Trait("Optimove", "2")]
    [Fact]
    public async Task A_listener_that_fails_twice_degrades_the_connector_until_it_is_there()
    {
        await using var trial = await OptimoveTrial.CreateAsync(settings: "Optimove:RetrySeconds=1");
        trial.State.AppendListeners = true;
        await trial.ServeAsync();
        await trial.SaveAsync();
        await trial.IsAsync("Active");

        // The address has another host from now on: what was registered is stale, but not to be removed before its successor is there.
        await trial.Silo.TerminateAsync();
        trial.Installation.Settings.Add("Optimove:PublicUrl=http://localhost:" + new Uri(trial.Installation.Address).Port);
        for (var i = 0; i < 2; i++) trial.State.AddFault(new DoubleFault { Path = "RegisterEventListener", Status = 400, Times = 1 });
        trial.State.AddFault(new DoubleFault { Path = "GetLastDataUpdate", Delay = 1 });
        await trial.ServeAsync();

        // It lasts a second: who looks only now and then learns of it from the log.
        await Eventually.ThatAsync("degraded connector", () => trial.Silo.Story.Contains("is ActiveDegraded", StringComparison.Ordinal), trial.Silo);
        await Eventually.ThatAsync("removal of the old ones", () => trial.State.ListenersNow().All(listener => new Uri(listener.Url).Host == "localhost"), trial.Silo);
        Assert.Equal(3, trial.State.ListenersNow().Count);
        Assert.Equal(2, trial.State.CallsOf("RegisterEventListener").Count(call => call.Status == 400));
        Assert.True(trial.State.CallsOf("UnregisterEventListener").Min(call => call.At) >= trial.State.CallsOf("RegisterEventListener").Max(call => call.At));
        await trial.IsAsync("Active");
    }

    [Trait("Optimove", "3")]
    [Fact]
    public async Task Only_listeners_with_a_key_of_ours_are_removed()
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        trial.State.AppendListeners = true;
        var foreign = new DoubleListener(13, OptimoveTrial.Channel, "https://other.example.com/optimove/event/0123456789abcdef?e=13");
        trial.State.Listeners.Add(foreign);
        await trial.ServeAsync();
        await trial.SaveAsync();
        await trial.IsAsync("Active");
        var key = new Uri(trial.State.ListenersNow()[^1].Url).AbsolutePath.Split('/')[^1];
        lock (trial.State.Lock) trial.State.Listeners.Add(new DoubleListener(13, OptimoveTrial.Channel, $"https://old.example.com/optimove/event/{key}?e=13&c=504"));

        var dry = await trial.Installation.RunAsync("optimove", "cleanup", "--client", "demo", "--dry-run");
        Assert.Contains("https://old.example.com/optimove/event/***", dry.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key, dry.Output, StringComparison.Ordinal);
        Assert.Equal(5, trial.State.ListenersNow().Count);
        await trial.SaveAsync(new { closeAfterHours = 1 });

        await Eventually.ThatAsync("removal of the old listener", () => trial.State.ListenersNow().Count == 4, trial.Silo);
        await trial.IsAsync("Active");
        Assert.Contains(foreign, trial.State.ListenersNow());
        Assert.Equal(3, trial.State.ListenersNow().Count(listener => listener.Url.StartsWith(trial.Installation.Address, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_key_that_Optimove_does_not_know_stops_the_connector_until_another_is_saved()
    {
        await using var trial = await OptimoveTrial.CreateAsync();
        await trial.ServeAsync();
        await trial.SaveAsync(apiKey: "a-key-nobody-knows");
        await trial.IsAsync("AuthError");
        var asked = trial.State.CallsOf("GetLastDataUpdate").Count;
        Assert.Equal(1, asked);

        await trial.SaveAsync();
        await trial.IsAsync("Active");
    }

    [Fact]
    public async Task A_key_in_the_address_can_be_replaced_and_the_old_one_is_good_for_a_while()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(1);
        var old = trial.State.ListenersNow().First(listener => listener.EventType == 11).Url;

        (await trial.Installation.RunAsync("optimove", "rotate", "--client", "demo")).Succeeded();
        await Eventually.ThatAsync("another address", () => trial.State.ListenersNow() is { Count: 3 } all && all.All(listener => listener.Url.Split('?')[0] != old.Split('?')[0]), trial.Silo);
        using var call = await trial.Silo.SendAsync(HttpMethod.Post, old, new StringContent("""{"eventTypeID":11,"campaignID":"x","channelID":504,"templateID":234,"customerID":"cust-0"}"""));

        Assert.Equal(System.Net.HttpStatusCode.OK, call.StatusCode);
    }

    private static int Changes(OptimoveTrial trial) =>
        new[] { "RegisterEventListener", "UnregisterEventListener", "AddChannelTemplates", "DeleteChannelTemplates" }.Sum(function => trial.State.CallsOf(function).Count);
}
