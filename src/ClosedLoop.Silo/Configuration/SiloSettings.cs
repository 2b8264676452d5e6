namespace ClosedLoop.Silo.Configuration;

/// <summary>
/// Settings of one process, section <c>ClosedLoop</c> of the configuration. Listed with unit and default in
/// <c>docs/settings.md</c>.
/// </summary>
public sealed record SiloSettings
{
    public const string Section = "ClosedLoop";

    /// <summary>Folder of the database, keys, spool and, unless a client says otherwise, the drop folders.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Folder of the clients' drop folders on this machine; <c>drop</c> of the data folder unless set. Silos that take files from folders share it.</summary>
    public string? DropFolder { get; init; }

    public DatabaseSettings Database { get; init; } = new();

    public HttpSettings Http { get; init; } = new();

    public OperatorSettings Operator { get; init; } = new();

    public SinkSettings Sink { get; init; } = new();

    public DeliverySettings Delivery { get; init; } = new();

    public TrackingSettings Tracking { get; init; } = new();

    public InboundSettings Inbound { get; init; } = new();

    public ContentFetchSettings ContentFetch { get; init; } = new();

    public OptimoveSettings Optimove { get; init; } = new();

    public GuardSettings Guard { get; init; } = new();

    public LogSettings Log { get; init; } = new();

    public PrivacySettings Privacy { get; init; } = new();

    public TelemetrySettings Telemetry { get; init; } = new();

    public WatchSettings Watch { get; init; } = new();

    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>What this silo does; with the embedded engine everything.</summary>
    public SiloRoles Roles { get; init; } = SiloRoles.All;

    /// <summary>Seconds between two looks for clients that were added.</summary>
    public double ClientScanSeconds { get; init; } = 2;
}
