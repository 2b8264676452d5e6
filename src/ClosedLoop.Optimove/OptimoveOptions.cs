namespace ClosedLoop.Optimove;

/// <summary>How this process serves connectors; the same for all clients.</summary>
public sealed record OptimoveOptions
{
    /// <summary>Public address of the listener endpoint, scheme and host, as Optimove reaches it.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>Stands before <c>/optimove</c>, such as <c>/rest</c>; empty for nothing.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>Lets connectors talk to plain http and to addresses inside: for trials against a double only.</summary>
    public bool AllowInside { get; init; }

    /// <summary>File with the key that secrets in the database are sealed with; made when it is missing.</summary>
    public required string SealKeyFile { get; init; }

    /// <summary>How long values of attributes are gathered before they are sent.</summary>
    public TimeSpan Coalesce { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long interactions are gathered before they are told.</summary>
    public TimeSpan Flush { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often tables are looked through for what happened to messages.</summary>
    public TimeSpan Feed { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First pause after 429 and after a failed read; doubled each time.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Unit of the pauses between tries to register: 1, 5, 15 and then 60 of it.</summary>
    public TimeSpan RegistrationMinute { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one request may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call back is expected.</summary>
    public TimeSpan CallbackTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long raw events are kept.</summary>
    public TimeSpan KeepEvents { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Listener calls of one client in a second; more are answered 429.</summary>
    public int CallsPerSecond { get; init; } = 2_000;
}
