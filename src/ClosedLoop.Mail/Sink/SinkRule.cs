namespace ClosedLoop.Mail.Sink;

/// <summary>One misbehaviour and whom it meets.</summary>
/// <param name="Name">First dot-separated word of the local part: <c>hard</c> meets <c>hard@x</c> and <c>hard.17@x</c>, not <c>hardy@x</c>.</param>
/// <param name="Deed">What is done.</param>
/// <param name="Reply">Code and text of a refusal, such as <c>550 5.1.1 no such user</c>.</param>
/// <param name="Delay">How long <see cref="SinkDeed.Delay"/> waits.</param>
public sealed record SinkRule(string Name, SinkDeed Deed, string Reply = "", TimeSpan Delay = default)
{
    internal bool Meets(ReadOnlySpan<char> localPart) =>
        localPart.StartsWith(Name, StringComparison.OrdinalIgnoreCase) && (localPart.Length == Name.Length || localPart[Name.Length] == '.');
}
