namespace ClosedLoop.Model.Draining;

/// <summary>That a process is being drained.</summary>
/// <param name="Since">Microseconds.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Reason">Why.</param>
public sealed record DrainState(long Since, string By, string? Reason);
