namespace ClosedLoop.Operations.Api;

/// <summary>Outcomes at one recipient domain.</summary>
internal sealed record ApiDomain(string Domain, long Recipients, long Sent, long Failed, long Open);
