namespace ClosedLoop.Benchmarks.Scale;

/// <summary>One line of the prediction.</summary>
/// <param name="Silos">How many.</param>
/// <param name="PerSecond">Recipients a second, all silos together.</param>
/// <param name="LineBusy">Share of the time in which the line of writes of the busiest database is taken.</param>
/// <param name="ProcessorsBusy">Share of the silos' processor time in use.</param>
/// <param name="WritesPerCommit">Groups' claims and records that share a commit.</param>
/// <param name="Limit">What holds it back.</param>
internal sealed record ScaleResult(int Silos, double PerSecond, double LineBusy, double ProcessorsBusy, double WritesPerCommit, string Limit);
