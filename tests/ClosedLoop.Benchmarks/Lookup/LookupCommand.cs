using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Benchmarks.Lookup;

/// <summary><c>lookup</c>: finding one person among many recipients, as the dashboard does, and filling the index behind it.</summary>
internal static class LookupCommand
{
    private const int Mailings = 20;
    private const int Lookups = 200;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var rows = Option(arguments, "--rows", 1_000_000);
        var folder = Directory.CreateTempSubdirectory("closedloop-lookup-").FullName;
        try
        {
            var database = new Database(Path.Combine(folder, "closedloop.db"));
            Migrator.Migrate(database, TimeProvider.System);
            await using var writer = new LedgerWriter(database, TimeProvider.System);
            var definitions = new DefinitionStore(database, writer);
            await definitions.ApplyAsync(new ClientDefinition { Id = 1, Key = "bench", Sender = new SenderSettings { Address = "news@example.org" } });
            await FillAsync(writer, rows);

            var index = new AddressIndex(database, writer);
            var filling = Stopwatch.StartNew();
            while (await index.CatchUpAsync() > 0)
            {
                // The service pauses between the parts; here it is the work that is measured.
            }

            filling.Stop();
            var tables = new Tables(database);
            var mailings = new MailingStore(database, writer, TimeProvider.System);
            var reader = new RecipientReader(
                tables, index, mailings, definitions, new Blocklist(database, writer), new AddressTokenCodec(new SigningKeys(SigningKey.Create(1))), new MessageReader(tables, new LaneStore(database, writer), TimeProvider.System));
            var times = Look(reader, rows / Mailings);
            var result = new
            {
                rows,
                mailings = Mailings,
                indexSeconds = Math.Round(filling.Elapsed.TotalSeconds, 1),
                indexedPerSecond = (long)(rows / filling.Elapsed.TotalSeconds),
                databaseMiB = new FileInfo(database.Path).Length / 1_048_576,
                firstMilliseconds = Math.Round(times[0], 1),
                medianMilliseconds = Math.Round(times.Skip(1).Order().ElementAt(Lookups / 2), 2),
                p99Milliseconds = Math.Round(times.Skip(1).Order().ElementAt(Lookups * 99 / 100), 2),
            };
            Console.Out.WriteLine(JsonSerializer.Serialize(result));
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Each address has one message in every mailing.</summary>
    private static async Task FillAsync(LedgerWriter writer, int rows)
    {
        const int Part = 20_000;
        var people = rows / Mailings;
        var fields = new byte[120];
        for (var m = 0; m < Mailings; m++)
        {
            var mailing = 71_000_000_002L + (m * 2);
            await writer.WriteAsync(context =>
            {
                context.Execute(
                    """
                    INSERT INTO mailing (mailing_id, campaign_id, list_id, client_id, client_version, source_id, source_version, file_id, name, state, recipient_base, link_base, accepted, created_at, started_at, finished_at, started_recorded, finished_recorded)
                    VALUES ($1, $2, 1, 1, 1, 1, 1, 1, 'bench', 5, $3, 1, $4, 1, 1, 2, 1, 2)
                    """, mailing, mailing - 1, 25_000_000_001L + ((long)m * people), people);
            });
            for (var first = 0; first < people; first += Part)
            {
                var (from, to) = (first, Math.Min(people, first + Part));
                await writer.WriteAheadAsync(context =>
                {
                    for (var i = from; i < to; i++)
                    {
                        context.Execute("INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES ($1, $2, $3, $4)", mailing, i, Address(i), fields);
                        context.Execute("INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at, done_at, recorded, reply_code) VALUES ($1, $2, 2, 1, 0, 1, 1, 250)", mailing, i);
                    }
                });
            }
        }
    }

    private static List<double> Look(RecipientReader reader, int people)
    {
        var random = new Random(1);
        var times = new List<double>();
        for (var i = 0; i <= Lookups; i++)
        {
            var clock = Stopwatch.StartNew();
            var story = reader.Look(Address(random.Next(people)), clientId: null);
            times.Add(clock.Elapsed.TotalMilliseconds);
            if (story.Messages.Count != Mailings) throw new InvalidOperationException($"{story.Messages.Count} messages found, expected {Mailings}");
        }

        return times;
    }

    private static string Address(int person) => string.Create(CultureInfo.InvariantCulture, $"reader.{person}@example{person % 50}.org");

    private static int Option(string[] arguments, string name, int otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
