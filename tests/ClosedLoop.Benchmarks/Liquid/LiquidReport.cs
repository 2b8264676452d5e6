namespace ClosedLoop.Benchmarks.Liquid;

/// <summary>What one run measured. All rates are renders per second on one thread, medians over the rounds.</summary>
internal sealed record LiquidReport
{
    public required int OutputBytes { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Template and data as a template sees them before any data is bound.</summary>
    public required LiquidRate Unfolded { get; init; }

    /// <summary>After the campaign's data was bound.</summary>
    public required LiquidRate Folded { get; init; }

    /// <summary>The finished bytes copied into the same buffer writer: the limit.</summary>
    public required LiquidRate Copy { get; init; }

    /// <summary>Folded, with outputs escaped by their place in the HTML, as mailings are rendered.</summary>
    public required LiquidRate FoldedByPlace { get; init; }

    /// <summary>Folded, the recipient changing from render to render.</summary>
    public required LiquidRate FoldedRotating { get; init; }

    /// <summary>The finished bytes of those recipients copied in the same order.</summary>
    public required LiquidRate CopyRotating { get; init; }

    /// <summary>Time of one folded render divided by the time of one copy.</summary>
    public double FoldedToCopy => Math.Round(Copy.RendersPerSecond / Folded.RendersPerSecond, 2);

    public double FoldedByPlaceToCopy => Math.Round(Copy.RendersPerSecond / FoldedByPlace.RendersPerSecond, 2);

    public double UnfoldedToCopy => Math.Round(Copy.RendersPerSecond / Unfolded.RendersPerSecond, 2);

    public double FoldedToCopyRotating => Math.Round(CopyRotating.RendersPerSecond / FoldedRotating.RendersPerSecond, 2);

    public required double ParseMicroseconds { get; init; }

    public required double BindMicroseconds { get; init; }

    public IReadOnlyList<LiquidPeerResult> Peers { get; init; } = [];
}
