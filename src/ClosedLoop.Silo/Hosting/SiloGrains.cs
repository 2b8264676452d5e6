using ClosedLoop.Data;
using ClosedLoop.Grains;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Mailings.Mailings;
using ClosedLoop.Optimove;
using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Configuration;
using Microsoft.Data.Sqlite;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Puts the grain engine of this build into the host.</summary>
internal static class SiloGrains
{
    private const string ServiceId = "closedloop";

    public static string LockPath(SiloSettings settings) => settings.DatabasePath + ".lock";

    /// <summary>The tables of the grain engine on PostgreSQL, where the database is filled before the engine has run on it.</summary>
    public static async Task CreateTablesAsync(Database database, CancellationToken cancellation)
    {
        await using var source = database.CreateSource();
        await new AdoNetGrainStorage(source, GrainSqlDialect.PostgreSql, ServiceId, serializer: null).InitializeAsync(cancellation);
        await new AdoNetReminderTable(source, GrainSqlDialect.PostgreSql, ServiceId).InitializeAsync(cancellation);
    }

#if ENGINE_ORLEANS
#error The Orleans engine is not wired into the silo yet; build it with Engine=Embedded.
#else
    public static void Add(IServiceCollection services, SiloSettings settings) => services.AddEmbeddedGrains((provider, options) =>
    {
        // The database is brought up to date before the engine adds its own tables.
        var database = provider.GetRequiredService<Database>();
        var (source, dialect) = database.Kind == DatabaseKind.Sqlite
            ? (SqliteFactory.Instance.CreateDataSource($"Data Source={settings.DatabasePath};Default Timeout=30"), GrainSqlDialect.Sqlite)
            : (database.CreateSource(), GrainSqlDialect.PostgreSql);
        options.ServiceId = ServiceId;
        options.AddAssembly(typeof(MailingGrain).Assembly)
            .AddAssembly(typeof(DropZoneGrain).Assembly)
            .AddAssembly(typeof(ExportGrain).Assembly)
            .AddAssembly(typeof(OptimoveConnectorGrain).Assembly)
            .UseReminders(_ => new AdoNetReminderTable(source, dialect, ServiceId))
            .AddStorage(GrainStorage.Name, _ => KillPointStorage.Around(new AdoNetGrainStorage(source, dialect, ServiceId, serializer: null)));
        options.Owner = new SiloOwner(
            new LockFileOwner(LockPath(settings)), database, provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<ILogger<SiloOwner>>());
    });
#endif
}
