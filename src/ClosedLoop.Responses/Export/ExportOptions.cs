namespace ClosedLoop.Responses.Export;

/// <summary>Where exports go.</summary>
public sealed record ExportOptions
{
    /// <summary>Folder that relative account roots lie in.</summary>
    public required string DropFolder { get; init; }

    /// <summary>How often the export of a client is looked after: a failed run is repeated, a missed cut-off taken. Default 5 minutes, at least 1.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most missed cut-offs taken after a long stand-still. Default 30: older events are not kept (closed-loop spec section 18).</summary>
    public int MostMissed { get; init; } = 30;
}
