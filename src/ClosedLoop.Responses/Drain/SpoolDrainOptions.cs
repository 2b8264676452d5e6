namespace ClosedLoop.Responses.Drain;

/// <summary>How the event spool is emptied into the database.</summary>
public sealed record SpoolDrainOptions
{
    /// <summary>Name under which the spool's place is kept; each spool of an installation has its own. Default <c>events</c>.</summary>
    public string Spool { get; init; } = "events";

    /// <summary>Most events stored in one transaction. Default 1,000: long enough to be fast, short enough not to hold up a claim.</summary>
    public int BatchEvents { get; init; } = 1_000;

    /// <summary>Wait after a batch that could not be stored. Default 5 seconds; the events stay in the spool meanwhile.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);
}
