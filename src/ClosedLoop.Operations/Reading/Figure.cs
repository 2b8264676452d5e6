namespace ClosedLoop.Operations.Reading;

/// <summary>A figure that may take long to get.</summary>
/// <param name="Value">The newest one; <c>null</c> while the first is being counted.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="IsStale">A newer one is being counted.</param>
public sealed record Figure<T>(T? Value, DateTimeOffset At, bool IsStale)
    where T : class;
