using ClosedLoop.Data;
using ClosedLoop.Data.Events;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Responses.Spool;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Drain;

/// <summary>The child process: drains a spool and prints a line after each stored batch.</summary>
internal static class DrainUntilKilled
{
    public const int BatchEvents = 10;

    public static async Task<int> RunAsync(string database, string folder)
    {
        await using var writer = new LedgerWriter(ResponseDatabase.Open(database), TimeProvider.System);
        await using var spool = EventSpool.Open(new EventSpoolOptions { Directory = folder, SegmentBytes = 4096 }, TimeProvider.System, NullLogger<EventSpool>.Instance);
        using var drain = new SpoolDrain(spool, new EventStore(ResponseDatabase.Open(database), writer, NullLogger<EventStore>.Instance),
            new SpoolDrainOptions { BatchEvents = BatchEvents }, TimeProvider.System, new Announcer());
        await drain.DrainAsync(default);
        return 0;
    }

    /// <summary>The drain logs each batch; the parent waits for these lines.</summary>
    private sealed class Announcer : ILogger<SpoolDrain>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Console.Out.WriteLine(formatter(state, exception));
            Console.Out.Flush();
        }
    }
}
