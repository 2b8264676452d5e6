namespace ClosedLoop.Operations.Ports;

/// <summary>What came of messages that were put into the sink once more.</summary>
/// <param name="Taken">Messages that the sink took.</param>
/// <param name="Refused">Messages that it refused, as its script says for some addresses.</param>
/// <param name="Broken">Messages that could not be made.</param>
/// <param name="Fault">The first reason of those; <c>null</c> without any.</param>
public sealed record Replayed(int Taken, int Refused, int Broken, string? Fault);
