namespace ClosedLoop.Benchmarks.Liquid;

/// <summary>What a peer measured on the same template and data.</summary>
internal sealed record LiquidPeerResult
{
    public required string Name { get; init; }

    public required double RendersPerSecond { get; init; }

    public double? AllocatedBytes { get; init; }

    public required string Sha256 { get; init; }

    public bool SameOutput { get; init; }

    /// <summary>How many times as many renders per second the unfolded template makes.</summary>
    public double UnfoldedRatio { get; init; }

    public double FoldedRatio { get; init; }
}
