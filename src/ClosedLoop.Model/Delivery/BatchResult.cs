namespace ClosedLoop.Model.Delivery;

/// <summary>How a run over a slice ended.</summary>
/// <param name="Handled">Recipients that reached an outcome in this run.</param>
/// <param name="NextDue">Microseconds; when the earliest deferred recipient is due, or <c>null</c> when nobody is left.</param>
/// <param name="Paused">Why the run paused the mailing, or <c>null</c>.</param>
public readonly record struct BatchResult(int Handled, long? NextDue, string? Paused = null);
