namespace ClosedLoop.Benchmarks.Liquid;

/// <summary>One contender's figures.</summary>
/// <param name="RendersPerSecond">Median over the rounds.</param>
/// <param name="AllocatedBytes">Per render, in the steady state.</param>
internal sealed record LiquidRate(double RendersPerSecond, double AllocatedBytes);
