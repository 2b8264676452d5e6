namespace ClosedLoop.Operations.Api;

/// <summary>How an address stands with one client.</summary>
internal sealed record ApiStanding(string Client, bool GetsMail, IReadOnlyList<ApiSuppression> Suppressions, long HardBounces, long SoftBounces, bool Untracked);
