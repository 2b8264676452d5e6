namespace ClosedLoop.Data.Approvals;

/// <summary>A person's yes. Times in microseconds.</summary>
/// <param name="Person">Who.</param>
/// <param name="Reason">Why, as the person says.</param>
/// <param name="GivenAt">When.</param>
public sealed record Approval(string Person, string? Reason, long GivenAt);
