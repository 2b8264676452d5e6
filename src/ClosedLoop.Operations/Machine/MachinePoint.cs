namespace ClosedLoop.Operations.Machine;

/// <summary>The process at one moment.</summary>
/// <param name="At">Microseconds.</param>
/// <param name="Processor">Share of all processors it used since the point before, 0 to 1.</param>
/// <param name="Resident">Octets of memory it has of the machine.</param>
/// <param name="Heap">Octets of its heap after the last collection.</param>
/// <param name="Paused">Share of the time since the point before that it stood still for collections, 0 to 1.</param>
/// <param name="Lag">How long a piece of work waited for a thread.</param>
/// <param name="Queued">Pieces of work that waited for one.</param>
public sealed record MachinePoint(long At, double Processor, long Resident, long Heap, double Paused, TimeSpan Lag, long Queued);
