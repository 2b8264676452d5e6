using ClosedLoop.Data;
using ClosedLoop.Grains;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Mailings.Mailings;
using ClosedLoop.Optimove;
using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Configuration;
using Microsoft.Data.Sqlite;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Puts the embedded grain engine into the host.</summary>
internal static class SiloGrains
{
    /// <summary>Whether several silos can share the work.</summary>
    public static bool IsClustered => false;

    /// <summary>The tables of the grain engine on PostgreSQL, where the database is filled before the engine has run on it.</summary>
    public static async Task CreateTablesAsync(Database database, SiloSettings settings, CancellationToken cancellation)
    {
        await using var source = database.CreateSource();
        await new AdoNetGrainStorage(source, GrainSqlDialect.PostgreSql, settings.Cluster.ServiceId, serializer: null).InitializeAsync(cancellation);
        await new AdoNetReminderTable(source, GrainSqlDialect.PostgreSql, settings.Cluster.ServiceId).InitializeAsync(cancellation);
    }

    public static void Add(WebApplicationBuilder builder, SiloSettings settings) => builder.Services.AddEmbeddedGrains((provider, options) =>
    {
        // The database is brought up to date before the engine adds its own tables.
        var database = provider.GetRequiredService<Database>();
        var (source, dialect) = database.Kind == DatabaseKind.Sqlite
            ? (SqliteFactory.Instance.CreateDataSource($"Data Source={settings.DatabasePath};Default Timeout=30"), GrainSqlDialect.Sqlite)
            : (database.CreateSource(), GrainSqlDialect.PostgreSql);
        options.ServiceId = settings.Cluster.ServiceId;
        options.AddAssembly(typeof(MailingGrain).Assembly)
            .AddAssembly(typeof(DropZoneGrain).Assembly)
            .AddAssembly(typeof(ExportGrain).Assembly)
            .AddAssembly(typeof(OptimoveConnectorGrain).Assembly)
            .UseReminders(_ => new AdoNetReminderTable(source, dialect, settings.Cluster.ServiceId))
            .AddStorage(GrainStorage.Name, _ => KillPointStorage.Around(new AdoNetGrainStorage(source, dialect, settings.Cluster.ServiceId, serializer: null)));
        options.Owner = new SiloOwner(
            new LockFileOwner(settings.LockPath), database, provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<ILogger<SiloOwner>>());
    });

    /// <summary>Pages of the engine: none.</summary>
    public static void Map(WebApplication app, SiloSettings settings)
    {
        _ = app;
        _ = settings;
    }

    /// <summary>What only several silos need: nothing.</summary>
    public static void AddDuties(IServiceCollection services, SiloSettings settings)
    {
        _ = services;
        _ = settings;
    }
}
