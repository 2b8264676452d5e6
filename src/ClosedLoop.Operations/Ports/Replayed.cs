namespace ClosedLoop.Operations.Ports;

/// <summary>What came of messages that were put into the sink to be looked at.</summary>
/// <param name="Taken">Messages that the sink took.</param>
/// <param name="Refused">Messages that it refused, as its script says for some addresses.</param>
/// <param name="Broken">Messages that could not be made.</param>
/// <param name="Fault">The first reason of those; <c>null</c> without any.</param>
public sealed record Replayed(int Taken, int Refused, int Broken, string? Fault)
{
    /// <summary>What came of two lots of them.</summary>
    public Replayed And(Replayed other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Replayed(Taken + other.Taken, Refused + other.Refused, Broken + other.Broken, Fault ?? other.Fault);
    }
}
