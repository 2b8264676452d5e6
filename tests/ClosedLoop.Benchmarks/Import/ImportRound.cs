namespace ClosedLoop.Benchmarks.Import;

/// <summary>One import.</summary>
/// <param name="Seconds">From claim to the commit that makes all recipients visible.</param>
/// <param name="ClaimSeconds">Of that, hashing the file.</param>
/// <param name="ReadSeconds">Of that, reading, checking and writing, which run beside each other.</param>
/// <param name="CpuSeconds">Processor time of all threads.</param>
/// <param name="WriterCpuSeconds">Of that, the thread that writes the database.</param>
/// <param name="AboveIdleBytes">Peak of the working set less what the idle service had.</param>
internal sealed record ImportRound(double Seconds, double ClaimSeconds, double ReadSeconds, double CpuSeconds, double WriterCpuSeconds, long AboveIdleBytes);
