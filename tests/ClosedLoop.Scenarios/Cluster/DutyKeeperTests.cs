using ClosedLoop.Data;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Silos;
using ClosedLoop.Silo.Clustering;
using ClosedLoop.Silo.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>Services of which the cluster has one.</summary>
public sealed class DutyKeeperTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("closedloop-duty-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task One_silo_runs_it_and_another_takes_over_when_that_stops()
    {
        var database = new Database(Path.Combine(_folder, "x.db"));
        Migrator.Migrate(database, TimeProvider.System);
        await using var writer = new LedgerWriter(database, TimeProvider.System);
        var works = new[] { new Work(), new Work() };
        var keepers = works.Select((work, i) => Keeper(writer, work, i)).ToArray();
        await keepers[0].StartAsync(CancellationToken.None);
        await Eventually.ThatAsync("work of the first", () => works[0].Running);
        await keepers[1].StartAsync(CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.True(works[0].Running);
        Assert.Equal(0, works[1].Starts);

        await keepers[0].StopAsync(CancellationToken.None);
        Assert.False(works[0].Running);
        await Eventually.ThatAsync("work of the second", () => works[1].Running);
        await keepers[1].StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Services_of_a_duty_are_not_started_by_the_host_and_those_of_another_role_not_at_all()
    {
        var services = new ServiceCollection();
        services.AddSingleton<Work>();
        services.AddHostedService(provider => provider.GetRequiredService<Work>());
        services.AddHostedService<OtherWork>();
        DutyRoster.Apply(services, SiloRoles.Deliver, new Duty("one", SiloRoles.Operate, [typeof(Work)]), new Duty("two", SiloRoles.Deliver, [typeof(OtherWork)]));
        var hosted = services.Where(service => service.ServiceType == typeof(IHostedService)).ToList();
        Assert.Null(Assert.Single(hosted).ImplementationType);
    }

    private DutyKeeper Keeper(LedgerWriter writer, Work work, int number)
    {
        var settings = new SiloSettings { Data = Path.Combine(_folder, $"silo{number}"), Cluster = new() { LeaseSeconds = 2, Name = $"silo{number}" } };
        return new DutyKeeper("work", [work], new DutyStore(writer), new SiloIdentity(settings), settings, TimeProvider.System, NullLogger<DutyKeeper>.Instance);
    }

    private sealed class Work : IHostedService
    {
        public bool Running { get; private set; }

        public int Starts { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            (Running, Starts) = (true, Starts + 1);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Running = false;
            return Task.CompletedTask;
        }
    }

    private sealed class OtherWork : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
