using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Events;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Silo.Clustering;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Guarding;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Guard, standing invariant and watchdog.</summary>
internal static class SiloWatch
{
    public static void AddGuard(IServiceCollection services) => services
        .AddSingleton<AlarmDesk>()
        .AddSingleton<InstanceGuard>()
        .AddHostedService(provider => provider.GetRequiredService<InstanceGuard>());

    public static void AddWatches(IServiceCollection services)
    {
        // Of several silos each watches its own.
        if (!SiloGrains.IsClustered) services.AddSingleton<IWatch>(provider => Spool(provider, silo: null));
        services
            .AddSingleton<PulseReader>()
            .AddSingleton<IMailingReasons, GrainReasons>()
            .AddSingleton<IFolderStates, GrainFolderStates>()
            .AddSingleton<IWatch, MailingWatch>()
            .AddSingleton<IWatch, FolderStandstill>()
            .AddSingleton<IWatch, ApprovalWait>()
            .AddSingleton<IWatch, ExportLateness>()
            .AddSingleton<IWatch, NoticeStandstill>()
            .AddSingleton<DiskRoom>()
            .AddSingleton<IIntakeRoom>(provider => provider.GetRequiredService<DiskRoom>())
            .AddSingleton<IWatch>(provider => provider.GetRequiredService<DiskRoom>())
            .AddSingleton<BalanceWatch>()
            .AddHostedService(provider => provider.GetRequiredService<BalanceWatch>())
            .AddHostedService<Watchdog>();
    }

    public static SpoolStandstill Spool(IServiceProvider provider, string? silo)
    {
        var (drain, store, name) = (provider.GetRequiredService<SpoolDrain>(), provider.GetRequiredService<EventStore>(), provider.GetRequiredService<SpoolDrainOptions>().Spool);
        return new SpoolStandstill(
            () => drain.BytesBehind,
            () => store.MarkOf(name) is var mark ? string.Create(CultureInfo.InvariantCulture, $"{mark.Segment}/{mark.Offset}") : "",
            provider.GetRequiredService<SiloSettings>(),
            silo);
    }
}
