using System.Globalization;

namespace ClosedLoop.Grains.Tests;

public sealed class EngineTests
{
    private readonly string _key = Probe.NewKey();

    /// <summary>Not a contract: Orleans may start calls of one caller in another order, so grain code must not count on it.</summary>
    [Fact]
    public async Task Calls_from_one_caller_start_in_order()
    {
        await using var host = await StartAsync();
        var counter = host.Grains.GetGrain<ICounterGrain>(_key);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(counter.Append));
        Assert.Equal(Enumerable.Range(0, 200), await counter.Appended());
    }

    [Fact]
    public async Task A_time_out_names_the_circle_of_calls()
    {
        await using var host = await StartAsync();
        var other = Probe.NewKey();
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => host.Grains.GetGrain<ICircleGrain>(_key).CallThrough(other, _key));
        Assert.Contains(
            $"circle/{_key} ICircleGrain.CallThrough -> circle/{other} ICircleGrain.CallThrough -> circle/{_key} ICircleGrain.Back",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drain_gives_up_after_its_time_and_fails_what_is_left()
    {
        var host = await StartAsync(options => options.DrainTimeout = TimeSpan.FromMilliseconds(100));
        var hold = host.Grains.GetGrain<ILifecycleGrain>(_key).Hold();
        await Probe.Of(_key).WaitAsync("held");
        await host.StopAsync();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => hold);
        Probe.Of(_key).Signal("release");
    }

    [Fact]
    public async Task The_snapshot_counts_activations_calls_and_errors()
    {
        await using var host = await StartAsync();
        var before = Method(host, "IFailingGrain.ThrowAtOnce");
        await Assert.ThrowsAsync<ArgumentException>(() => host.Grains.GetGrain<IFailingGrain>(_key).ThrowAtOnce("x"));
        await Probe.UntilAsync(() => Method(host, "IFailingGrain.ThrowAtOnce").Calls == before.Calls + 1);
        Assert.Equal(before.Errors + 1, Method(host, "IFailingGrain.ThrowAtOnce").Errors);
        Assert.Contains(host.Engine.Snapshot().Types, type => type is { GrainType: "failing", Activations: 1, ActivationsMade: 1 });
    }

    [Fact]
    public async Task All_wrong_options_are_named_at_once()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(options =>
        {
            options.ServiceId = " ";
            options.CollectionAge = TimeSpan.Zero;
            options.ConcurrentReminderTicks = 0;
        }));
        Assert.Contains("ServiceId", exception.Message, StringComparison.Ordinal);
        Assert.Contains("CollectionAge", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ConcurrentReminderTicks", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_named_at_start()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => EmbeddedGrainHost.StartAsync(_ => { }));
        Assert.Contains("'Default'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_that_cannot_be_called_is_refused_with_the_reason()
    {
        await using var host = await StartAsync();
        var exception = Assert.Throws<ArgumentException>(() => host.Grains.GetGrain<IWrongGrain>(_key));
        Assert.Contains("it returns Int32", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grain_that_calls_itself_for_ever_keeps_no_chain_of_old_calls()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<ISelfCallGrain>(_key);
        await grain.Go(2000);
        await Probe.UntilAsync(() => Probe.Of(_key).Count("done") == 1);
        Assert.True(SelfCallGrain.LongestChain <= 2, SelfCallGrain.LongestChain.ToString(CultureInfo.InvariantCulture));
    }

    private static GrainMethodStatistics Method(EmbeddedGrainHost host, string name) =>
        host.Engine.Snapshot().Methods.FirstOrDefault(method => method.Method == name);

    private static Task<EmbeddedGrainHost> StartAsync(Action<EmbeddedGrainOptions>? configure = null) => EmbeddedGrainHost.StartAsync(options =>
    {
        options.UseMemory();
        options.ResponseTimeout = GrainHost.ResponseTimeout;
        configure?.Invoke(options);
    });
}
