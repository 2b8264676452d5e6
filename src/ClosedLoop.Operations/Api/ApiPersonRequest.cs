namespace ClosedLoop.Operations.Api;

/// <summary>Whom a request is about: in the body, because addresses of requests are written into logs.</summary>
/// <param name="Address">The person's address.</param>
/// <param name="Client">Key of one client; all of them without it.</param>
/// <param name="Reason">Why, for the audit; needed to erase.</param>
internal sealed record ApiPersonRequest(string Address, string? Client, string? Reason);
