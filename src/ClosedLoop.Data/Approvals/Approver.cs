namespace ClosedLoop.Data.Approvals;

/// <summary>Who says yes.</summary>
/// <param name="Name">As it stands in the audit.</param>
/// <param name="Person">The person behind it; <c>null</c> where nobody knows: the command line, the link of the first start, a key that no user made (decision 032).</param>
/// <param name="Reason">Why.</param>
public sealed record Approver(string Name, string? Person, string? Reason);
