namespace ClosedLoop.Data.Resend;

/// <summary>Whom a resend would reach, and whom not and why.</summary>
/// <param name="Selected">Recipients it is for.</param>
/// <param name="LeftOut">Everybody else, by reason, in a fixed order; reasons that concern nobody are left out.</param>
public sealed record ResendPlan(IReadOnlyList<ResendCandidate> Selected, IReadOnlyList<KeyValuePair<string, int>> LeftOut)
{
    /// <summary>As in <c>sent 17, hard bounce 2</c>.</summary>
    public string LeftOutText => LeftOut.Count == 0
        ? "nobody"
        : string.Join(", ", LeftOut.Select(reason => FormattableString.Invariant($"{reason.Key} {reason.Value}")));
}
