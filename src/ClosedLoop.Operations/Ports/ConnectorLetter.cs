namespace ClosedLoop.Operations.Ports;

/// <summary>Something the other system would not take.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">Microseconds.</param>
/// <param name="What">Which field.</param>
/// <param name="Error">What the other system said.</param>
public sealed record ConnectorLetter(long Id, long At, string What, string Error);
