extern alias embedded;

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Npgsql;
using AdoNetGrainStorage = embedded::ClosedLoop.Grains.Embedded.AdoNetGrainStorage;
using AdoNetReminderTable = embedded::ClosedLoop.Grains.Embedded.AdoNetReminderTable;
using EmbeddedGrainId = embedded::ClosedLoop.Grains.Embedded.GrainId;
using GrainSqlDialect = embedded::ClosedLoop.Grains.Embedded.GrainSqlDialect;

namespace ClosedLoop.Grains.Tests;

/// <summary>State and reminders written by one engine are read by the other.</summary>
public sealed class CrossEngineTests
{
    private const string ServiceId = "cross";

    // Keys that the table's layout treats apart: plain text, hexadecimal numbers, GUIDs, each with and without an extension.
    private static readonly string[] Keys =
    [
        "some key", "12", "beef+x", "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef+ext", "ünïcode", "4711/12",
        "00000000000000001", "7fffffffffffffff", "ffffffffffffffff", "+", "-1", "a+b",
    ];

    [OrleansScriptsFact]
    public async Task States_on_SQLite_are_read_by_the_other_engine()
    {
        SQLitePCL.Batteries_V2.Init();
        var folder = Directory.CreateTempSubdirectory("cross-").FullName;
        var connectionString = $"Data Source={Path.Combine(folder, "grains.db")}";
        await using var source = SqliteFactory.Instance.CreateDataSource(connectionString);
        await RunScriptsAsync(source, "Shared/Sqlite-Main.sql", "Orleans.Persistence.AdoNet/Sqlite-Persistence.sql");
        await ExchangeAsync(source, GrainSqlDialect.Sqlite, "System.Data.SQLite", connectionString, reminders: false);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [OrleansPostgresFact]
    public async Task States_and_reminders_on_PostgreSQL_are_read_by_the_other_engine()
    {
        var connectionString = OrleansPostgresFactAttribute.ConnectionString!;
        await using var source = NpgsqlDataSource.Create(connectionString);
        await RunScriptsAsync(
            source, "Shared/PostgreSQL-Main.sql", "Orleans.Persistence.AdoNet/PostgreSQL-Persistence.sql", "Orleans.Reminders.AdoNet/PostgreSQL-Reminders.sql");
        await ExchangeAsync(source, GrainSqlDialect.PostgreSql, "Npgsql", connectionString, reminders: true);
    }

    private static async Task ExchangeAsync(DbDataSource source, GrainSqlDialect dialect, string invariant, string connectionString, bool reminders)
    {
        var storage = new AdoNetGrainStorage(source, dialect, ServiceId);
        await storage.InitializeAsync(CancellationToken.None);
        using var host = await StartOrleansAsync(invariant, connectionString, reminders);
        var factory = (IGrainFactory)host.Services.GetService(typeof(IGrainFactory))!;
        foreach (var key in Keys)
        {
            var id = new EmbeddedGrainId("state", key);
            var grain = factory.GetGrain<IStateGrain>(key);

            await grain.Set("by Orleans", 1);
            var read = await storage.ReadAsync<CountedText>("tests-first", id, CancellationToken.None);
            Assert.True(read.RecordExists, $"The embedded engine does not find key '{key}'.");
            Assert.Equal(("by Orleans", 1, "1"), (read.State!.Text, read.State.Number, read.Etag));

            var etag = await storage.WriteAsync("tests-first", id, new CountedText { Text = "by Embedded", Number = 2 }, read.Etag, CancellationToken.None);
            await storage.WriteAsync("tests-second", id, new CountedText { Text = "first by Embedded" }, etag: null, CancellationToken.None);
            await grain.End();
            Assert.Equal(new StateDescription("by Embedded", 2, Exists: true, etag, "first by Embedded"), await grain.Describe());

            await storage.ClearAsync("tests-first", id, etag, CancellationToken.None);
            await grain.End();
            Assert.Equal(new StateDescription(Text: null, 0, Exists: false, "3", "first by Embedded"), await grain.Describe());
        }

        if (reminders)
            await ExchangeRemindersAsync(source, dialect, factory);
        await host.StopAsync();
    }

    private static async Task ExchangeRemindersAsync(DbDataSource source, GrainSqlDialect dialect, IGrainFactory factory)
    {
        var table = new AdoNetReminderTable(source, dialect, ServiceId);
        await table.InitializeAsync(CancellationToken.None);
        var key = Probe.NewKey();
        var grain = factory.GetGrain<IReminderGrain>(key);
        await grain.Register("by Orleans", TimeSpan.FromHours(1), TimeSpan.FromMinutes(90));
        var entry = Assert.Single(await table.ReadAllAsync(CancellationToken.None));
        Assert.Equal(($"reminder/{key}", "by Orleans", TimeSpan.FromMinutes(90)), (entry.GrainId.ToString(), entry.Name, entry.Period));
        Assert.InRange(entry.StartAt - DateTime.UtcNow, TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(61));

        var before = await GrainHashAsync(source);
        await table.UpsertAsync(entry, CancellationToken.None);
        Assert.Equal(before, await GrainHashAsync(source));

        await table.UpsertAsync(entry with { Name = "by Embedded" }, CancellationToken.None);
        Assert.True(await grain.Has("by Embedded"));
        await table.RemoveAsync(entry.GrainId, entry.Name, CancellationToken.None);
        Assert.False(await grain.Has("by Orleans"));
    }

    private static async Task<int> GrainHashAsync(DbDataSource source)
    {
        await using var command = source.CreateCommand("SELECT GrainHash FROM OrleansRemindersTable WHERE ReminderName = 'by Orleans'");
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private static async Task RunScriptsAsync(DbDataSource source, params string[] scripts)
    {
        foreach (var script in scripts)
        {
            await using var command = source.CreateCommand(await File.ReadAllTextAsync(Path.Combine(OrleansScriptsFactAttribute.Folder!, script)));
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<IHost> StartOrleansAsync(string invariant, string connectionString, bool reminders)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(GrainHosts.FreePort(), GrainHosts.FreePort(), serviceId: ServiceId);
            silo.AddAdoNetGrainStorageAsDefault(options =>
            {
                options.Invariant = invariant;
                options.ConnectionString = connectionString;
                options.GrainStorageSerializer = new JsonStorageSerializer();
            });
            if (reminders)
            {
                silo.UseAdoNetReminderService(options =>
                {
                    options.Invariant = invariant;
                    options.ConnectionString = connectionString;
                });
            }
            else
            {
                silo.UseInMemoryReminderService();
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
