using System.Diagnostics;
using ClosedLoop.Responses.Spool;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace ClosedLoop.Responses.Tests.Spool;

public class SpoolCrashTests(ITestOutputHelper output)
{
    private const int Kills = 5;

    [Fact]
    public async Task No_acknowledged_event_is_lost_when_the_process_is_killed()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var acknowledged = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            foreach (var line in await RunAndKillAsync(folder.Path, random.Next(1, 2000)))
                acknowledged.Add(line);
        }
        await using var spool = EventSpool.Open(new EventSpoolOptions { Directory = folder.Path }, TimeProvider.System, NullLogger<EventSpool>.Instance);
        var read = new List<string>();
        SpoolPosition position = default;
        while (true)
        {
            var batch = spool.ReadBatch(position, 777);
            if (batch.Events.Count == 0)
                break;
            Assert.Equal(0, batch.DamagedBytes);
            read.AddRange(batch.Events.Select(tracked => $"{tracked.MailingId} {tracked.RecipientSequence}"));
            spool.Confirm(batch.Next);
            position = batch.Next;
        }
        var left = read.GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
        foreach (var line in acknowledged)
        {
            Assert.True(left.TryGetValue(line, out var count) && count > 0, $"{line} was acknowledged and is not there");
            left[line] = count - 1;
        }

        // More than was acknowledged: only what each of the 16 writers had in the air at the kill, or had not yet printed.
        Assert.InRange(left.Values.Sum(), 0, Kills * 16 * 2);
    }

    private static async Task<List<string>> RunAndKillAsync(string directory, int afterLines)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "exec", typeof(SpoolCrashTests).Assembly.Location, "append-until-killed", directory },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var lines = new List<string>();
        while (lines.Count < afterLines && await child.StandardOutput.ReadLineAsync() is { } line)
            lines.Add(line);
        child.Kill();

        // Lines that were in the pipe were acknowledged too; the last may be cut.
        var rest = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        if (rest.LastIndexOf('\n') is var end and > 0)
            lines.AddRange(rest[..end].Split('\n'));
        return lines;
    }
}
