namespace ClosedLoop.Operations.Reading;

/// <summary>A limit in force and where it was set.</summary>
/// <param name="ClientKey">Whose mail.</param>
/// <param name="Route">Relay, or relay and domain.</param>
/// <param name="Limit">In words.</param>
/// <param name="SetBy">Which rule set it.</param>
/// <param name="Lane">Name of the lane when somebody has set it for a time; <c>null</c> for what stands in a definition.</param>
public sealed record LaneRule(string ClientKey, string Route, string Limit, string SetBy, string? Lane = null)
{
    /// <summary>Recipient domain or provider, when the lane is one's.</summary>
    public string? Domain => Lane?.Split('/') is { Length: > 1 } parts ? parts.Length > 2 ? parts[2] : parts[1].Contains(':', StringComparison.Ordinal) ? null : parts[1].Split('@')[0] : null;
}
