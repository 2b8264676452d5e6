namespace ClosedLoop.Data.Privacy;

/// <summary>What a client's lists say of an address.</summary>
/// <param name="Suppressed">Entries of the suppression list, oldest first.</param>
/// <param name="Untracked">Why opens and clicks are not kept; null when they are.</param>
/// <param name="HardBounces">Counted hard bounces.</param>
/// <param name="SoftBounces">Counted soft bounces.</param>
public sealed record PersonStanding(IReadOnlyList<PersonSuppression> Suppressed, string? Untracked, int HardBounces, int SoftBounces)
{
    /// <summary>The person said no, or somebody did on their behalf.</summary>
    public bool Objected => Suppressed.Count > 0 || Untracked is not null;

    public bool IsEmpty => !Objected && HardBounces + SoftBounces == 0;
}
