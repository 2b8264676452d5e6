using ClosedLoop.Data.Clients;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Exports;
using ClosedLoop.Responses.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Responses.Tests.Export;

public class ExportGrainTests
{
    [Fact]
    public async Task Each_missed_cut_off_is_caught_up_once_and_none_from_before_the_first_start()
    {
        await using var test = await ExportTest.CreateAsync();
        using var host = await StartAsync(test);
        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IExportGrain>("shop");
        await grain.StartAsync();
        Assert.Empty(test.Service.Latest(ResponseDatabase.ClientId, 10));

        test.Data.At("2026-03-05 01:00:00");
        await Task.WhenAll(grain.StartAsync(), grain.StartAsync());
        await grain.StartAsync();
        await UntilAsync(() => test.Service.Latest(ResponseDatabase.ClientId, 10) is [{ Published: true }, { Published: true }]);
        Assert.Equal(["20260304", "20260303"], test.Service.Latest(ResponseDatabase.ClientId, 10).Select(run => run.Label));
        Assert.Equal(18, Directory.GetFileSystemEntries(test.Out).Length);
        await host.StopAsync();
    }

    [Fact]
    public async Task Run_by_hand_cuts_off_now_and_publishes_in_the_background()
    {
        await using var test = await ExportTest.CreateAsync();
        using var host = await StartAsync(test);
        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IExportGrain>("shop");
        var id = await grain.RunAsync();
        await UntilAsync(() => test.Service.Latest(ResponseDatabase.ClientId, 10) is [{ Published: true } run] && run.RunId == id);
        Assert.True(File.Exists(Path.Combine(test.Out, "20260302_responses.csv")));
        await host.StopAsync();
    }

    [Fact]
    public async Task Export_that_is_switched_off_takes_no_cut_off()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { Enabled = false });
        using var host = await StartAsync(test);
        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IExportGrain>("shop");
        await grain.StartAsync();
        test.Data.At("2026-03-05 01:00:00");
        await grain.StartAsync();
        Assert.Equal(0, await grain.RunAsync());
        Assert.Empty(test.Service.Latest(ResponseDatabase.ClientId, 10));
        await host.StopAsync();
    }

    private static async Task<IHost> StartAsync(ExportTest test)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(test.Data.Clock);
        builder.Services.AddSingleton<DefinitionStore>(test.Data.Definitions);
        builder.Services.AddSingleton(_ => test.Service);
        builder.Services.AddSingleton(test.Options);
        var storage = new MemoryGrainStorage();
        builder.Services.AddEmbeddedGrains(options => options.AddAssembly(typeof(ExportGrain).Assembly).AddStorage(GrainStorage.Name, _ => storage));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(5, patience.Token);
    }
}
