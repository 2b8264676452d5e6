using System.Diagnostics;
using ClosedLoop.Model.Events;
using ClosedLoop.Responses.Spool;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace ClosedLoop.Responses.Tests.Drain;

public class DrainCrashTests(ITestOutputHelper output)
{
    private const int Events = 3_000;
    private const int Kills = 5;

    [Fact]
    public async Task No_event_is_lost_or_doubled_when_the_draining_process_is_killed()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var data = new ResponseDatabase();
        var mailing = await data.StartAsync("a@x.org");
        var folder = Path.Combine(data.FolderPath, "spool");
        await using (var spool = EventSpool.Open(new EventSpoolOptions { Directory = folder, SegmentBytes = 4096 }, TimeProvider.System, NullLogger<EventSpool>.Instance))
        {
            await Task.WhenAll(Enumerable.Range(0, Events).Select(i => spool.AppendAsync(new TrackedEvent(TrackedEventKind.Click, mailing.MailingId, 0, 1, i))));
        }

        await data.Writer.DisposeAsync();
        for (var kill = 0; kill < Kills; kill++) await RunAsync(data.Location, folder, killAfter: random.Next(1, Events / DrainUntilKilled.BatchEvents / Kills));
        await RunAsync(data.Location, folder, killAfter: int.MaxValue);
        Assert.Equal(Events, data.Scalar("SELECT COUNT(*) FROM event"));
        Assert.Equal(Events, data.Scalar("SELECT COUNT(DISTINCT occurred_at) FROM event"));
    }

    /// <summary>The child prints a line for each batch, between storing and confirming it.</summary>
    private static async Task RunAsync(string database, string folder, int killAfter)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "exec", typeof(DrainCrashTests).Assembly.Location, "drain-until-killed", database, folder },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        for (var lines = 0; lines < killAfter && await child.StandardOutput.ReadLineAsync() is not null; lines++)
        {
        }

        child.Kill();
        await child.WaitForExitAsync();
    }
}
