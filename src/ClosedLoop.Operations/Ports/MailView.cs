namespace ClosedLoop.Operations.Ports;

/// <summary>A mail to look at.</summary>
/// <param name="Headers">Names and decoded values, in order.</param>
/// <param name="Subject">Decoded.</param>
/// <param name="Html">The HTML part; <c>null</c> without one.</param>
/// <param name="Text">The text part; <c>null</c> without one.</param>
/// <param name="Raw">The octets; empty when there are none.</param>
/// <param name="Fault">Why it cannot be shown; <c>null</c> when it can.</param>
public sealed record MailView(
    IReadOnlyList<KeyValuePair<string, string>> Headers, string Subject, string? Html, string? Text, ReadOnlyMemory<byte> Raw, string? Fault = null)
{
    public static MailView Faulty(string fault) => new([], "", null, null, default, fault);
}
