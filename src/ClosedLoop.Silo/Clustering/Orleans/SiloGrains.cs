using System.Net;
using ClosedLoop.Data;
using ClosedLoop.Data.Silos;
using ClosedLoop.Delivery;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Placement;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Mailings;
using ClosedLoop.Mailings.Retention;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Responses.Inbound;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Watching;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Makes the host a silo of an Orleans cluster whose members find each other in the database.</summary>
internal static class SiloGrains
{
    private const string Invariant = "Npgsql";

    /// <summary>How long a grain may take to end what it has on the wire when its silo stops.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(40);

    /// <summary>Whether several silos can share the work.</summary>
    public static bool IsClustered => true;

    /// <summary>The tables of the grain engine on PostgreSQL, where the database is filled before the engine has run on it.</summary>
    public static Task CreateTablesAsync(Database database, SiloSettings settings, CancellationToken cancellation)
    {
        _ = settings;
        return Task.Run(() => OrleansTables.Create(database), cancellation);
    }

    public static void Add(WebApplicationBuilder builder, SiloSettings settings)
    {
        var cluster = settings.Cluster;
        builder.Services.AddHostedService<ClusterEntrance>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain + TimeSpan.FromSeconds(10));
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (cluster.ServiceId, cluster.ClusterId));
            silo.Configure<SiloOptions>(options => options.SiloName = cluster.Name ?? Environment.MachineName);
            silo.Configure<EndpointOptions>(options => Listen(options, cluster));
            silo.Configure<ClusterMembershipOptions>(options => Watch(options, cluster));
            silo.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = Drain);
            silo.UseAdoNetClustering(options => options.Configure<Database>(
                (clustering, database) => (clustering.Invariant, clustering.DataSource) = (Invariant, database.CreateSource())));
            silo.UseAdoNetReminderService(options => options.Configure<Database>(
                (reminders, database) => (reminders.Invariant, reminders.DataSource) = (Invariant, database.CreateSource())));
            silo.AddAdoNetGrainStorage(GrainStorage.Name, (OptionsBuilder<AdoNetGrainStorageOptions> options) => options.Configure<Database>(
                (storage, database) => (storage.Invariant, storage.DataSource, storage.GrainStorageSerializer) = (Invariant, database.CreateSource(), new JsonStateSerializer())));
            KillPointStorage.Around(silo.Services, GrainStorage.Name);
            silo.UseSiloMetadata(new Dictionary<string, string>(StringComparer.Ordinal) { [RoleDirector.Key] = settings.Roles.ToString(), [ClusterProcesses.VersionKey] = ProgramVersion.Text });
            silo.Services.AddPlacementDirector<SpreadPlacement, SpreadDirector>();
            if (cluster.Dashboard) silo.AddDashboard();
            silo.Services.AddPlacementFilter<RoleFilter, RoleDirector>(ServiceLifetime.Transient);
        });
    }

    /// <summary>What only several silos need.</summary>
    public static void AddDuties(IServiceCollection services, SiloSettings settings)
    {
        // Made before the spool is: whether there was one decides what it is called.
        var identity = new SiloIdentity(settings);
        services.AddSingleton(identity).AddSingleton<DutyStore>().AddSingleton<SiloFacts>();
        services.Replace(ServiceDescriptor.Singleton(new SpoolDrainOptions { Spool = FolderIdentity.SpoolOf(identity.Folder) }));
        services.AddSingleton<SendingSilos>().AddSingleton<IProcesses, ClusterProcesses>();
        services.Replace(ServiceDescriptor.Singleton(provider => new MailingOptions
        {
            ConcurrentBatches = settings.Delivery.ConcurrentBatches,
            Silos = () => provider.GetRequiredService<SendingSilos>().Count(),
        }));
        services.AddHostedService<ClusterPulse>();
        services.AddHostedService<SpoolWatch>();
        services.AddSharedLimits(_ => identity.Id, TimeSpan.FromSeconds(settings.Cluster.LeaseSeconds));
        DutyRoster.Apply(
            services,
            settings.Roles,
            new Duty("watch", SiloRoles.Operate, [typeof(BalanceWatch), typeof(Watchdog)]),
            new Duty("upkeep", SiloRoles.Operate, [typeof(RetentionUpkeep), typeof(ProductUpkeep), OperationsServices.UpkeepService]),
            new Duty("notices", SiloRoles.Operate, [DeliveryServices.NoticeService]),
            new Duty("folders", SiloRoles.Ingest, [typeof(FolderUpkeep)]),
            new Duty("pulse", SiloRoles.Deliver, [typeof(ClusterPulse)]),
            new Duty("returned", SiloRoles.Gateway, [typeof(InboundUpkeep)]));

        // Only silos that have a box take turns at it.
        if (settings.Inbound.Maildir is not null || settings.Inbound.Pop3.Host is not null)
            DutyRoster.Apply(services, settings.Roles, new Duty("boxes", SiloRoles.Gateway, [typeof(MaildirEntry), typeof(Pop3Entry)]));
    }

    /// <summary>Pages of the engine.</summary>
    public static void Map(WebApplication app, SiloSettings settings) => OrleansDashboard.Map(app, settings);

    private static void Listen(EndpointOptions options, ClusterSettings cluster)
    {
        options.AdvertisedIPAddress = ClusterCheck.AddressOf(cluster);
        options.SiloPort = cluster.SiloPort;
        options.GatewayPort = cluster.GatewayPort;
        var on = cluster.ListenOnAny ? IPAddress.Any : options.AdvertisedIPAddress;
        options.SiloListeningEndpoint = new IPEndPoint(on, cluster.SiloPort);
        options.GatewayListeningEndpoint = cluster.GatewayPort == 0 ? null : new IPEndPoint(on, cluster.GatewayPort);
    }

    private static void Watch(ClusterMembershipOptions options, ClusterSettings cluster)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(cluster.ProbeSeconds);
        options.NumMissedProbesLimit = cluster.MissedProbes;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
    }
}
