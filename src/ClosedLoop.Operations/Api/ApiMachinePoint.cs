namespace ClosedLoop.Operations.Api;

/// <summary>The process at one moment; shares from 0 to 1.</summary>
internal sealed record ApiMachinePoint(DateTimeOffset At, double Processor, long ResidentBytes, long HeapBytes, double Paused, double LagMilliseconds, long Queued);
