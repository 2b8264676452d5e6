namespace ClosedLoop.Silo.Configuration;

/// <summary>How this process serves connectors to Optimove; the connectors themselves are definitions.</summary>
public sealed record OptimoveSettings
{
    /// <summary>Public address that Optimove calls, scheme and host; that of tracking when not set.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Stands before <c>/optimove</c> in the addresses that Optimove calls.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>Lets connectors talk to plain http and to addresses inside: for trials against a double.</summary>
    public bool AllowInside { get; init; }

    /// <summary>Seconds for which attributes are gathered.</summary>
    public double CoalesceSeconds { get; init; } = 5;

    /// <summary>Seconds for which results are gathered.</summary>
    public double FlushSeconds { get; init; } = 60;

    /// <summary>Seconds between two looks for what happened to messages.</summary>
    public double FeedSeconds { get; init; } = 5;

    /// <summary>Seconds of the first pause after Optimove has said that it gets too many requests.</summary>
    public double BackoffSeconds { get; init; } = 10;

    /// <summary>Seconds of the first pause after a registration that failed; then 5, 15 and 60 times as long.</summary>
    public double RetrySeconds { get; init; } = 60;

    /// <summary>Seconds that one request may take.</summary>
    public double RequestSeconds { get; init; } = 60;

    /// <summary>Calls of one client's listeners in a second; more are answered 429.</summary>
    public int CallsPerSecond { get; init; } = 2_000;

    /// <summary>Days for which calls are kept as they came.</summary>
    public int RetentionDays { get; init; } = 30;
}
