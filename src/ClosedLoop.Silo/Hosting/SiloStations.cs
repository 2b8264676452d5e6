using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Events;
using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Intake;
using ClosedLoop.Intake.Files;
using ClosedLoop.Intake.Orders.Operations;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Mailings.Retention;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Optimove;
using ClosedLoop.Responses.Channels;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Responses.Export;
using ClosedLoop.Responses.Inbound;
using ClosedLoop.Responses.Spool;
using ClosedLoop.Responses.Tracking;
using ClosedLoop.Responses.Verdicts;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Privacy;

namespace ClosedLoop.Silo.Hosting;

/// <summary>The stations of the loop besides sending: intake, and what comes back.</summary>
internal static class SiloStations
{
    public static void Add(IServiceCollection services, SiloSettings settings)
    {
        AddStores(services);
        services.AddOptimove(SiloOptimove.Options(settings));
        services.AddSingleton<LoggingNotifier>().AddSingleton<IStatusNotifier, MailNotifier>();
        services.AddSingleton(new IntakeOptions { TwoPeopleAbove = settings.Delivery.TwoPeopleInForceAbove });
        services.AddIntake(settings.DropPath).AddOrders(settings.DropPath, new OrderOptions { WorkPath = settings.OrdersPath });
        services.AddSingleton<PersonFiles>().AddSingleton<PersonService>();
        services.AddHostedService<FolderUpkeep>();
        services.AddHostedService<RetentionUpkeep>();
        services.AddHostedService<ProductUpkeep>();

        // Keys are on disk before anything can write a link with them.
        var keys = SigningKeyFile.LoadOrCreate(settings.KeysPath);
        services.AddSingleton(keys).AddSingleton<AddressTokenCodec>();
        services.AddTracking(
            keys,
            new EventSpoolOptions { Directory = settings.SpoolPath },
            new TrackingOptions { AppleProxyRangesFile = settings.Tracking.MppRangesFile, MppUserAgentOnly = settings.Tracking.MppUserAgentOnly });
        services.AddSingleton(new SpoolDrainOptions { Spool = FolderIdentity.SpoolOf(FolderIdentity.Read(settings)) });
        services.AddSingleton<SpoolDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<SpoolDrain>());
        services.AddHostedService<VerdictUpkeep>();
        SiloInbound.Add(services, settings);
        services.AddChannelReceipts(new ChannelOptions { PublicBase = settings.TrackingBase });
        services.AddSingleton<SinkReturns>();
        services.AddSingleton(new ExportOptions { DropFolder = settings.DropPath });
        services.AddSingleton<IExportOutlet, ZoneOutlet>().AddSingleton<ExportService>();
    }

    /// <summary>Stores beyond the core ones, usable without a running service.</summary>
    public static void AddStores(IServiceCollection services) => services
        .AddSingleton<FileRegister>()
        .AddSingleton<StoryTeller>()
        .AddSingleton<StandingReader>()
        .AddSingleton<LastFileReader>()
        .AddSingleton<ApprovalStore>()
        .AddSingleton<EventStore>()
        .AddSingleton<ExportRunStore>()
        .AddInboundStores();
}
