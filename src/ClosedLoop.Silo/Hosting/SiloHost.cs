using ClosedLoop.Data;
using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Guard;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Notices;
using ClosedLoop.Data.Orders;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Resend;
using ClosedLoop.Data.Retention;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Delivery;
using ClosedLoop.Mailings;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Optimove;
using ClosedLoop.Responses.Channels;
using ClosedLoop.Responses.Inbound;
using ClosedLoop.Responses.Tracking;
using ClosedLoop.Silo.Clustering;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Logging;
using ClosedLoop.Silo.Operations;
using ClosedLoop.Silo.Operator;
using ClosedLoop.Silo.Simulation;
using ClosedLoop.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClosedLoop.Silo.Hosting;

/// <summary>The composition root: one process with all stations of the loop.</summary>
public static class SiloHost
{
    /// <summary>Builds the service; nothing is opened or listened on before it is started, but the database is brought up to date.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="configure">Last changes to the services, for tests.</param>
    /// <param name="logLevel">Least level logged to the console, on standard error.</param>
    /// <param name="configuration">What the settings were read from, for who looks at them; <c>null</c> when they were made by code.</param>
    public static WebApplication Build(SiloSettings settings, Action<IServiceCollection>? configure = null, LogLevel logLevel = LogLevel.Information, IConfigurationRoot? configuration = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var faults = SettingsValidator.Validate(settings);
        if (faults.Count > 0) throw new SettingsException(faults);

        Directory.CreateDirectory(settings.DataPath);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

        // The files get what is worth a line even when the screen is kept quiet.
        var isQuiet = settings.Log.File && logLevel > LogLevel.Information;
        if (isQuiet) builder.Logging.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(category: null, logLevel).AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.ClearProviders().SetMinimumLevel(isQuiet ? LogLevel.Information : logLevel).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning)

            // Its keys are not encrypted once more: they lie in the folder of all keys, which is the service's alone.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddConsole(console => console.FormatterName = HouseFormatter.FormatterName)
            .AddConsoleFormatter<HouseFormatter, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (settings.Log.File) builder.Logging.Services.AddSingleton<ILoggerProvider, LogFile>();
        OtlpExport.AddLogs(builder.Logging, settings);
        builder.WebHost.UseUrls(settings.Http.Listen, settings.Operator.Listen).ConfigureKestrel(SiloListener.Limit);

        var services = builder.Services;
        services.AddSingleton(settings);
        AddData(services, settings);

        // First, so that it hears everything and sends it at the end.
        services.AddHostedService<OtlpExport>();
        services.AddSingleton<MetricsPage>().AddHostedService<QueueMetrics>();

        services.AddHostedService<Doctor.LiveGate>();

        // Before everything that claims anybody, so that it decides first and stops last.
        SiloWatch.AddGuard(services);

        // Before the grains, so that it stops after them: what they have on the wire when they drain must find its sink.
        services.AddSingleton(new SinkAudience());
        services.AddSingleton<SinkService>().AddHostedService(provider => provider.GetRequiredService<SinkService>());
        SiloGrains.Add(builder, settings);
        services.AddSingleton(new MailingOptions { ConcurrentBatches = settings.Delivery.ConcurrentBatches });
        services.AddDelivery(new DeliveryOptions
        {
            Mode = settings.Delivery.Mode,
            SinkHost = settings.Sink.Host,
            SinkPort = settings.Sink.Port,
            TrackingBase = settings.TrackingBase,
            InDoubtWindow = settings.Delivery.InDoubtWindow,
            GroupSize = settings.Delivery.GroupSize,
            ClientName = settings.Delivery.ClientName,
            UnsubscribeDomain = settings.Inbound.UnsubscribeDomain,
            SharedLimits = SiloGrains.IsClustered,
            ContentFetch = settings.ContentFetch.ToOptions(),
            DkimSigners = DkimKeyFiles.Signers(settings.Delivery.Dkim),
        });
        services.AddHostedService<DkimAnnouncement>();
        SiloStations.Add(services, settings);
        services.AddHostedService<ClientStarter>();
        SiloWatch.AddWatches(services);
        SiloGrains.AddDuties(services, settings);
        var operations = SiloOperations.Add(services, settings, configuration);
        configure?.Invoke(services);
        services.TryAddSingleton<SinkAudience>();

        var app = builder.Build();

        // Nothing has been opened yet. Only a rehearsal's own service may run by another clock than the world's.
        if (app.Services.GetRequiredService<TimeProvider>() is SimulatedClock clock) clock.Require(settings);
        if (settings.Http.TrustedProxyList() is { Length: > 0 } proxies) app.UseForwardedHeaders(SiloListener.Forwarded(proxies));
        app.UseOperations(operations);
        if (settings.Roles.HasFlag(SiloRoles.Gateway))
        {
            var world = OnListener.Public(app);
            world.MapTracking();
            world.MapInbound();
            world.MapChannelReceipts();
            world.MapOptimove();
            world.MapWebPages();
        }

        app.MapOperations(operations);
        app.MapStations();
        app.MapReadiness();
        app.MapMetrics();
        SiloGrains.Map(app, settings);
        SiloOperations.Announce(app, settings);
        ServiceManager.Follow(app.Lifetime);
        return app;
    }

    /// <summary>The stores over one database with one writer. Also what commands use that need no running service.</summary>
    public static IServiceCollection AddData(IServiceCollection services, SiloSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SiloDatabase.Open(settings, provider.GetRequiredService<TimeProvider>()));
        return services
            .AddSingleton<LedgerWriter>()
            .AddSingleton<DefinitionStore>()
            .AddSingleton<MailingStore>()
            .AddSingleton<RecipientLedger>()
            .AddSingleton<LaneStore>()
            .AddSingleton<LaneLimitStore>()
            .AddSingleton<ConnectionTraceStore>()
            .AddSingleton<NoticeStore>()
            .AddSingleton<ResendStore>()
            .AddSingleton<MailingPurge>()
            .AddSingleton<OrderPurge>()
            .AddSingleton<ConnectorPurge>()
            .AddSingleton<AccountStore>()
            .AddSingleton<ContactStore>()
            .AddSingleton<OperationStore>()
            .AddSingleton<DeliveryStore>()
            .AddSingleton<Blocklist>()
            .AddSingleton<UntrackedList>()
            .AddSingleton<QueueReader>()
            .AddSingleton<PersonReader>()
            .AddSingleton<PersonErasure>()
            .AddSingleton(provider => new ErasedPeople(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<LedgerWriter>(), () => ErasureKeyFile.LoadOrCreate(settings.KeysPath), settings.Privacy.SuppressErased))
            .AddSingleton<InstanceStore>()
            .AddSingleton<AlarmStore>()
            .AddSingleton<BalanceReader>();
    }

}
