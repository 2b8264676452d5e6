using System.Diagnostics;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Upkeep;

namespace ClosedLoop.Benchmarks.Lookup;

/// <summary>The looking itself, in a process of its own.</summary>
internal static class LookupRun
{
    private const int Lookups = 200;

    public static Database Open(string target) => target.StartsWith("Host=", StringComparison.Ordinal) ? Database.Postgres(target) : new Database(target);

    /// <summary>Looks people up at random and prints the times.</summary>
    public static int Run(string target, int people, bool warm)
    {
        var database = Open(target);
        using var writer = new Stop(new LedgerWriter(database, TimeProvider.System));
        var tables = new Tables(database);
        var reader = new RecipientReader(
            tables, new AddressIndex(database, writer.Writer), new MailingStore(database, writer.Writer, TimeProvider.System), new DefinitionStore(database, writer.Writer), new Blocklist(database, writer.Writer),
            new AddressTokenCodec(new SigningKeys(SigningKey.Create(1))), new MessageReader(tables, new LaneStore(database, writer.Writer), TimeProvider.System));
        var warming = Stopwatch.StartNew();
        if (warm) LookupWarmUp.Look(reader);
        var warmed = warming.Elapsed;
        var random = new Random(1);
        var times = new List<double>();
        for (var i = 0; i <= Lookups; i++)
        {
            var clock = Stopwatch.StartNew();
            var story = reader.Look(LookupContent.Address(random.Next(people)), clientId: null);
            times.Add(clock.Elapsed.TotalMilliseconds);
            if (story.Messages.Count != LookupContent.Mailings) throw new InvalidOperationException($"{story.Messages.Count} messages found, expected {LookupContent.Mailings}");
        }

        var later = times.Skip(1).Order().ToList();
        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            warmUpMilliseconds = Math.Round(warmed.TotalMilliseconds, 1),
            firstMilliseconds = Math.Round(times[0], 1),
            medianMilliseconds = Math.Round(later[Lookups / 2], 2),
            p99Milliseconds = Math.Round(later[Lookups * 99 / 100], 2),
            slowestMilliseconds = Math.Round(later[^1], 2),
        }));
        return 0;
    }

    private sealed class Stop(LedgerWriter writer) : IDisposable
    {
        public LedgerWriter Writer { get; } = writer;

        public void Dispose() => Writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
