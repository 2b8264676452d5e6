using System.Diagnostics;
using ClosedLoop.Benchmarks.Lookup;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Events;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Responses.UserAgents;
using ClosedLoop.Responses.Verdicts;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Benchmarks.Responses;

/// <summary>A database into which events of one mailing after the other are stored.</summary>
internal sealed class ResponsesRun : IAsyncDisposable
{
    private const string Spool = "benchmark";

    /// <summary>Events to a recipient, on average.</summary>
    private const int EventsEach = 3;

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "Mozilla/5.0",
    ];

    private readonly Database _database;
    private readonly LedgerWriter _writer;
    private readonly EventStore _store;
    private SpoolMark _mark;
    private int _turn;

    private ResponsesRun(Database database)
    {
        _database = database;
        _writer = new LedgerWriter(database, TimeProvider.System);
        _store = new EventStore(database, _writer, NullLogger<EventStore>.Instance);
    }

    public static async Task<ResponsesRun> OpenAsync(string target)
    {
        var database = LookupRun.Open(target);
        Migrator.Migrate(database, TimeProvider.System);
        var run = new ResponsesRun(database);
        await new DefinitionStore(database, run._writer).ApplyAsync(new ClientDefinition { Id = 1, Key = "bench", Sender = new SenderSettings { Address = "news@example.org" } });
        return run;
    }

    /// <returns>Events a second, from the user agent to the commit.</returns>
    public async Task<double> MeasureAsync(int count, bool burst, bool judged)
    {
        var handedOver = TimeProvider.System.NowMicroseconds() - (3 * 86_400_000_000L);
        var mailing = 71_000_000_002L + (_turn++ * 2L);
        await FillAsync(mailing, count / EventsEach, handedOver);

        // With verdicts and without, the same events.
        var events = Events(mailing, count, handedOver, burst ? 300_000_000L : 2 * 86_400_000_000L, new Random(count));
        var started = Stopwatch.GetTimestamp();
        foreach (var chunk in events.Chunk(new SpoolDrainOptions { Spool = Spool }.BatchEvents))
        {
            var resolved = Array.ConvertAll(chunk, tracked =>
            {
                var agent = UserAgent.Parse(tracked.UserAgent);
                return new ResolvedEvent(tracked, agent.Browser, agent.Platform, agent.Device, judged ? RequestSigns.Of(tracked) : null);
            });
            var next = new SpoolMark(1, _mark.Offset + chunk.Length);
            await _store.StoreAsync(Spool, _mark, next, resolved);
            _mark = next;
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public long Count(string condition)
    {
        using var connection = _database.OpenRead();
        using var statement = new Statement(connection, $"SELECT COUNT(*) FROM event WHERE {condition}");
        return statement.Scalar();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static List<TrackedEvent> Events(long mailing, int count, long handedOver, long within, Random random)
    {
        var events = new List<TrackedEvent>(count);
        for (var i = 0; i < count; i++)
        {
            var isClick = random.Next(100) < 30;
            events.Add(new TrackedEvent(
                isClick ? TrackedEventKind.Click : TrackedEventKind.Open, mailing, random.Next(count / EventsEach), isClick ? random.Next(1, 9) : 0, handedOver + random.NextInt64(within), Agents[random.Next(Agents.Length)]));
        }

        events.Sort((one, other) => one.OccurredAt.CompareTo(other.OccurredAt));
        return events;
    }

    private Task FillAsync(long mailing, int people, long handedOver) => _writer.WriteAsync(context =>
    {
        context.Execute(
            """
            INSERT INTO mailing (mailing_id, campaign_id, list_id, client_id, client_version, source_id, source_version, file_id, name, state, recipient_base, link_base, accepted, created_at, started_at, finished_at, started_recorded, finished_recorded)
            VALUES ($1, $2, 1, 1, 1, 1, 1, 1, 'bench', 5, $3, 1, $4, 1, 1, 2, 1, 2)
            """, mailing, mailing - 1, 25_000_000_001L + (_turn * 1_000_000L), people);
        for (var i = 0; i < people; i++)
        {
            context.Execute("INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES ($1, $2, $3, $4)", mailing, i, LookupContent.Address(i), Array.Empty<byte>());
            context.Execute("INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at, done_at, recorded, reply_code) VALUES ($1, $2, 2, 1, 0, $3, 1, 250)", mailing, i, handedOver);
        }
    });
}
