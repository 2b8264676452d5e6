namespace ClosedLoop.Operations.Reading;

/// <summary>Outcomes at one recipient domain.</summary>
public sealed record DomainLine(string Domain, long Recipients, long Sent, long Failed, long Open);
