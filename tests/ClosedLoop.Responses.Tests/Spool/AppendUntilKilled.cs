using System.Globalization;
using ClosedLoop.Model.Events;
using ClosedLoop.Responses.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Spool;

/// <summary>The child process: appends from several tasks and prints each event's number after its acknowledgement.</summary>
internal static class AppendUntilKilled
{
    private const int Writers = 16;

    public static async Task<int> RunAsync(string directory)
    {
        var options = new EventSpoolOptions { Directory = directory, SegmentBytes = 64 * 1024 };
        await using var spool = EventSpool.Open(options, TimeProvider.System, NullLogger<EventSpool>.Instance);
        var standardOutput = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var acknowledged = TextWriter.Synchronized(standardOutput);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < int.MaxValue; i++)
            {
                await spool.AppendAsync(new TrackedEvent(TrackedEventKind.Click, writer, i, 0, 0, "Mozilla/5.0 (crash)"));
                await acknowledged.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{writer} {i}"));
            }
        })));
        return 0;
    }
}
