using ClosedLoop.Data;
using ClosedLoop.Grains;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Mailings.Mailings;
using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Configuration;
using Microsoft.Data.Sqlite;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Puts the grain engine of this build into the host.</summary>
internal static class SiloGrains
{
    private const string ServiceId = "closedloop";

    public static string LockPath(SiloSettings settings) => settings.DatabasePath + ".lock";

#if ENGINE_ORLEANS
#error The Orleans engine is not wired into the silo yet; build it with Engine=Embedded.
#else
    public static void Add(IServiceCollection services, SiloSettings settings) => services.AddEmbeddedGrains((provider, options) =>
    {
        // The database is brought up to date before the engine adds its own tables.
        provider.GetRequiredService<Database>();
        var source = SqliteFactory.Instance.CreateDataSource($"Data Source={settings.DatabasePath};Default Timeout=30");
        options.ServiceId = ServiceId;
        options.AddAssembly(typeof(MailingGrain).Assembly)
            .AddAssembly(typeof(DropZoneGrain).Assembly)
            .AddAssembly(typeof(ExportGrain).Assembly)
            .UseReminders(_ => new AdoNetReminderTable(source, GrainSqlDialect.Sqlite, ServiceId))
            .AddStorage(GrainStorage.Name, _ => KillPointStorage.Around(new AdoNetGrainStorage(source, GrainSqlDialect.Sqlite, ServiceId, serializer: null)));
        options.Owner = new LockFileOwner(LockPath(settings));
    });
#endif
}
