namespace ClosedLoop.Benchmarks.Export;

/// <summary>One contender's figures.</summary>
/// <param name="Name">Who.</param>
/// <param name="Rows">Rows of one round.</param>
/// <param name="Seconds">Of each round, fastest first.</param>
internal sealed record ExportRate(string Name, long Rows, IReadOnlyList<double> Seconds)
{
    public double Best => Math.Round(Rows / Seconds[0]);

    public double Median => Math.Round(Rows / Seconds[Seconds.Count / 2]);
}
