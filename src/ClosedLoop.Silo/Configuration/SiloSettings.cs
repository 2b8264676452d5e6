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

    public HttpSettings Http { get; init; } = new();

    public SinkSettings Sink { get; init; } = new();

    public DeliverySettings Delivery { get; init; } = new();

    public TrackingSettings Tracking { get; init; } = new();

    /// <summary>Seconds between two looks for new or changed clients.</summary>
    public double ClientScanSeconds { get; init; } = 2;

    public string DataPath => Path.GetFullPath(Data);

    public string DatabasePath => Path.Combine(DataPath, "closedloop.db");

    public string DropPath => Path.Combine(DataPath, "drop");

    public string SinkPath => Path.Combine(DataPath, "sink");

    public string SpoolPath => Path.Combine(DataPath, "spool");

    public string KeysPath => Path.Combine(DataPath, "keys");

    /// <summary>Where readers reach the tracking endpoints: the setting, else the address listened on.</summary>
    public Uri TrackingBase => new(Tracking.BaseUrl ?? Http.Listen);
}
