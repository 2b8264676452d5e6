namespace ClosedLoop.Operations.Reading;

/// <summary>How an address stands with one client.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="ClientKey">Its key.</param>
/// <param name="Suppressions">Why it gets no mail, with origin; empty when it gets mail.</param>
/// <param name="Hard">Hard bounces counted.</param>
/// <param name="Soft">Soft bounces counted.</param>
/// <param name="HardLimit">From how many hard ones on it gets no mail.</param>
/// <param name="SoftLimit">The same of soft ones.</param>
/// <param name="Untracked">Opens and clicks are not kept.</param>
public sealed record Standing(
    long ClientId, string ClientKey, IReadOnlyList<SuppressionLine> Suppressions, long Hard, long Soft, long HardLimit, long SoftLimit, bool Untracked)
{
    public bool OverLimit => Hard >= HardLimit || Soft >= SoftLimit;

    public bool GetsMail => Suppressions.Count == 0 && !OverLimit;
}
