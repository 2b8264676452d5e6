namespace ClosedLoop.Operations.Api;

/// <summary>Another try for those whom a mailing could not send to.</summary>
/// <param name="Reason">Why, for the audit; needed.</param>
/// <param name="Refused">Also for those who were refused for good; without it only where the reason may pass.</param>
internal sealed record ApiRetry(string? Reason, bool? Refused);
