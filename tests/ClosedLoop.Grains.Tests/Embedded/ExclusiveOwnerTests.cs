using System.Diagnostics;
using System.Globalization;

namespace ClosedLoop.Grains.Tests;

public sealed class ExclusiveOwnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grains-").FullName;

    private string LockPath => Path.Combine(_folder, "grains.db.grains.lock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_second_process_is_refused_and_told_who_holds_the_database()
    {
        using var other = await HoldInOtherProcessAsync();
        try
        {
            var exception = await Assert.ThrowsAsync<DatabaseInUseException>(StartAsync);
            Assert.Contains($"process {other.Id.ToString(CultureInfo.InvariantCulture)} ", exception.Message, StringComparison.Ordinal);
            Assert.Contains("for several silos use Engine=Orleans", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_killed_process_leaves_the_database_free()
    {
        using var other = await HoldInOtherProcessAsync();
        other.Kill();
        await other.WaitForExitAsync();
        await using var host = await StartAsync();
        Assert.NotNull(await host.Grains.GetGrain<ILifecycleGrain>(Probe.NewKey()).Instance());
    }

    [Fact]
    public async Task A_stopped_engine_leaves_the_database_free()
    {
        await (await StartAsync()).DisposeAsync();
        await (await StartAsync()).DisposeAsync();
    }

    private Task<EmbeddedGrainHost> StartAsync() => EmbeddedGrainHost.StartAsync(options =>
    {
        options.UseMemory();
        options.Owner = new LockFileOwner(LockPath);
    });

    private async Task<Process> HoldInOtherProcessAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(ExclusiveOwnerTests).Assembly.Location, "hold", LockPath])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        Assert.Equal("held", await process.StandardOutput.ReadLineAsync());
        return process;
    }
}
