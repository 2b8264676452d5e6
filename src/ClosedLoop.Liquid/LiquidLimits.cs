namespace ClosedLoop.Liquid;

/// <summary>Bounds on what one template may cost. Each is on by default; crossing one is a <see cref="LiquidException"/> with the code of the limit.</summary>
public sealed record LiquidLimits
{
    public static LiquidLimits Default { get; } = new();

    /// <summary>Characters of one template or partial source. Default 4 Mi.</summary>
    public int MaxSourceLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes written by one render. Default 16 MiB: a mail beyond that is refused by most relays.</summary>
    public int MaxOutputBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Characters of one text value made by filters or <c>capture</c>. Default 4 Mi.</summary>
    public int MaxTextLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>Elements of one array made by filters or ranges. Default 1,000,000.</summary>
    public int MaxArrayLength { get; init; } = 1_000_000;

    /// <summary>Nodes rendered by one render. Default 5,000,000.</summary>
    public long MaxSteps { get; init; } = 5_000_000;

    /// <summary>Passes through loop bodies in one render, all loops together. Default 1,000,000.</summary>
    public long MaxLoopIterations { get; init; } = 1_000_000;

    /// <summary>
    /// Nodes that binding may make of unrolled loops and of partials put in place, in one template. Beyond it loops stay loops and
    /// partials partials; nothing fails. Default 100,000.
    /// </summary>
    public int MaxFoldedNodes { get; init; } = 100_000;

    /// <summary>Depth of blocks inside blocks, and of expressions inside expressions. Default 100, as the reference implementation.</summary>
    public int MaxNesting { get; init; } = 100;

    /// <summary>Depth of partials inside partials. Default 50.</summary>
    public int MaxPartialDepth { get; init; } = 50;

    /// <summary>Wall time of one render, counted from its first few hundred steps and checked every few hundred more. Default 10 s.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(10);
}
