using ClosedLoop.Data;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Silos;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Delivery.Tests.Sending.Lanes;

/// <summary>Rates that somebody sets for a time, with two silos on one database.</summary>
public sealed class TwoSilosTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Address = "reader@slow.example";
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("closedloop-silos-").FullName;
    private readonly SettableClock _clock = new(Start);
    private readonly Database _database;
    private readonly LedgerWriter _writer;
    private readonly List<Silo> _silos = [];

    public TwoSilosTests()
    {
        _database = new Database(Path.Combine(_folder, "test.db"));
        Migrator.Migrate(_database, _clock);
        _writer = new LedgerWriter(_database, _clock);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos) silo.Sharing.Dispose();
        await _writer.DisposeAsync();
        using (var connection = (Microsoft.Data.Sqlite.SqliteConnection)_database.OpenRead()) Microsoft.Data.Sqlite.SqliteConnection.ClearPool(connection);
        Directory.Delete(_folder, recursive: true);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public async Task A_rate_that_one_silo_was_told_holds_for_both_together_and_ends_for_both(double temporary)
    {
        var client = Client(perSecond: 10);
        var (first, second) = (Add("a"), Add("b"));
        await RunAsync(client, seconds: 20, first, second);

        await first.Lanes.LimitAsync(client, "slow.example", temporary, TimeSpan.FromSeconds(100), "their postmaster called", "olga");
        await RunAsync(client, seconds: 10, first, second);
        var (one, other) = await RunAsync(client, seconds: 60, first, second);
        Assert.InRange(one + other, temporary * 60 * 0.9, (temporary * 60 * 1.01) + 2);
        Assert.InRange(other, temporary * 60 * 0.4, temporary * 60 * 0.6);

        await RunAsync(client, seconds: 40, first, second);
        (one, other) = await RunAsync(client, seconds: 60, first, second);
        Assert.InRange(one + other, 540, 608);
    }

    [Fact]
    public async Task A_silo_that_goes_on_alone_has_the_whole_rate_and_no_more()
    {
        var client = Client(perSecond: null);
        var (first, second) = (Add("a"), Add("b"));
        await first.Lanes.LimitAsync(client, "slow.example", 4, TimeSpan.FromHours(1), "their postmaster called", "olga");
        await RunAsync(client, seconds: 10, first, second);

        // The one that was told is gone without a word; its part is nobody's until its time is over.
        var (_, alone) = await RunAsync(client, seconds: 7, null, second);
        Assert.InRange(alone, 12, 16);
        await RunAsync(client, seconds: 8, null, second);
        (_, alone) = await RunAsync(client, seconds: 50, null, second);
        Assert.InRange(alone, 190, 203);

        // A third one starts meanwhile.
        var third = Add("c");
        await RunAsync(client, seconds: 10, third, second);
        var (joined, left) = await RunAsync(client, seconds: 50, third, second);
        Assert.InRange(joined + left, 190, 203);
        Assert.InRange(joined, 80, 120);
    }

    [Fact]
    public async Task The_first_message_of_a_relay_goes_by_what_another_silo_was_told_meanwhile()
    {
        var (elm, oak) = (Client(perSecond: null) with { Key = "elm" }, Client(perSecond: null));
        var (first, second) = (Add("a"), Add("b"));
        Assert.Equal(100, second.Take(elm, 100));
        await first.Lanes.LimitAsync(oak, "slow.example", 5, TimeSpan.FromHours(1), "their postmaster called", "olga");
        await first.Lanes.HoldAsync(oak, "shut.example", TimeSpan.FromHours(1), "they asked for it");
        Assert.Equal(0, second.Take(oak, 100));
        Assert.False(second.Lanes.Of(oak, 1).Find("x@shut.example")!.Admit(waited: false, long.MaxValue).Admitted);
    }

    [Fact]
    public async Task Whoever_lifts_a_rate_lifts_it_on_both()
    {
        var client = Client(perSecond: null);
        var (first, second) = (Add("a"), Add("b"));
        await first.Lanes.LimitAsync(client, domain: null, 1, TimeSpan.FromHours(1), "relay is slow", "olga");
        await RunAsync(client, seconds: 10, first, second);
        Assert.InRange(Admitted(first) + Admitted(second), 0, 2);
        Assert.True((await second.Lanes.LiftAsync(client, domain: null)).Done);
        await RunAsync(client, seconds: 5, first, second);
        Assert.Equal((100, 100), (Admitted(first), Admitted(second)));

        int Admitted(Silo silo) => Enumerable.Range(0, 100).Count(_ => silo.Lanes.Of(client, 1).Relay.Admit(waited: true, long.MaxValue).Admitted);
    }

    [Fact]
    public async Task What_was_read_before_a_decision_does_not_undo_it()
    {
        var client = Client(perSecond: null);
        var silo = Add("a");
        var lane = silo.Lanes.Of(client, 1);
        var (read, decisions) = (silo.Limits.All(), silo.Lanes.Decisions);
        await silo.Lanes.LimitAsync(client, "slow.example", 1, TimeSpan.FromHours(1), "their postmaster called", "olga");
        silo.Lanes.Adopt([lane], read, decisions);
        Assert.False(lane.Find(Address)!.IsIdle);
        Assert.Equal(0, silo.Take(client, 10));
    }

    [Fact]
    public async Task A_rate_whose_time_is_over_lets_nothing_through_beside_the_own_one()
    {
        var client = Client(perSecond: 0.05);
        var silo = Add("a");
        await silo.Lanes.LimitAsync(client, "slow.example", 1, TimeSpan.FromSeconds(5), "a try", "olga");
        await RunAsync(client, seconds: 30, silo, null);
        Assert.Single(silo.Limits.All());
        var (sent, _) = await RunAsync(client, seconds: 200, silo, null);
        Assert.InRange(sent, 8, 11);
    }

    /// <summary>Lets both silos send all they may, in steps of a twentieth of a second.</summary>
    private async Task<(int First, int Second)> RunAsync(ClientDefinition client, int seconds, Silo? first, Silo? second)
    {
        var (one, other) = (0, 0);
        for (var end = _clock.Now.AddSeconds(seconds); _clock.Now < end; _clock.Now += TimeSpan.FromMilliseconds(50))
        {
            if (first is not null) one += await first.StepAsync(client);
            if (second is not null) other += await second.StepAsync(client);
        }

        return (one, other);
    }

    private static ClientDefinition Client(double? perSecond) => new()
    {
        Id = 9,
        Key = "oak",
        Sender = new SenderSettings { Address = "news@sender.example" },
        Mail = new MailSettings { Domains = perSecond is null ? new Dictionary<string, LaneLimits>(StringComparer.Ordinal) : new Dictionary<string, LaneLimits>(StringComparer.Ordinal) { ["slow.example"] = new() { PerSecond = perSecond } } },
    };

    private Silo Add(string name)
    {
        var (holds, limits) = (new LaneStore(_database, _writer), new LaneLimitStore(_database, _writer));
        var lanes = new DeliveryLanes(new DeliveryOptions { SharedLimits = true, TrackingBase = new Uri("https://t.example") }, holds, limits, _clock);
        var silo = new Silo(lanes, limits, new LimitSharing(lanes, new LimitShareStore(_writer), holds, limits, name, Lease, _clock, NullLogger<LimitSharing>.Instance));
        _silos.Add(silo);
        return silo;
    }

    private sealed record Silo(DeliveryLanes Lanes, LaneLimitStore Limits, LimitSharing Sharing)
    {
        public async Task<int> StepAsync(ClientDefinition client)
        {
            await Sharing.LookAsync(default);
            return Take(client, 1_000);
        }

        public int Take(ClientDefinition client, int most)
        {
            var lane = Lanes.Of(client, 1).Find(Address);
            var taken = 0;
            while (taken < most && (lane is null || (lane.HasPart && lane.Admit(waited: true, long.MaxValue).Admitted))) taken++;
            return taken;
        }
    }
}
