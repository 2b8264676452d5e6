using System.Globalization;
using ClosedLoop.Data.Ids;

namespace ClosedLoop.Data.Tests;

/// <summary>The child process: writes from several tasks and prints each number after it was awaited.</summary>
internal static class WriteUntilKilled
{
    private const int Writers = 8;

    public static async Task<int> RunAsync(string file)
    {
        await using var writer = new LedgerWriter(new Database(file), TimeProvider.System);
        await using var standardOutput = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var durable = TextWriter.Synchronized(standardOutput);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var id = await writer.WriteAsync(context =>
                {
                    var taken = IdSequence.Take(context, IdSequence.File);
                    context.Execute("INSERT INTO content (hash, body) VALUES ($1, $2)", taken.ToString(CultureInfo.InvariantCulture), Array.Empty<byte>());
                    return taken;
                });
                await durable.WriteLineAsync(id.ToString(CultureInfo.InvariantCulture));
            }
        })));
        return 0;
    }
}
