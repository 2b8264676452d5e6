namespace ClosedLoop.Benchmarks.Orders;

/// <summary>One order.</summary>
/// <param name="Seconds">From the claimed semaphore to the commit that makes all recipients visible to the engine.</param>
/// <param name="UploadSeconds">Of that, into the user database.</param>
/// <param name="GatherSeconds">Of that, from the database into the mailing.</param>
/// <param name="CpuSeconds">Processor time of all threads.</param>
/// <param name="AboveIdleBytes">Peak of the working set less what the idle service had.</param>
internal sealed record OrderRound(double Seconds, double UploadSeconds, double GatherSeconds, double CpuSeconds, long AboveIdleBytes);
