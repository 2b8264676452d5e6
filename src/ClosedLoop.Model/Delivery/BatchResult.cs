namespace ClosedLoop.Model.Delivery;

/// <summary>How a run over a slice ended.</summary>
/// <param name="Handled">Recipients that reached an outcome in this run.</param>
/// <param name="NextDue">Microseconds; when the earliest deferred recipient is due, or <c>null</c> when nobody is left.</param>
public readonly record struct BatchResult(int Handled, long? NextDue);
