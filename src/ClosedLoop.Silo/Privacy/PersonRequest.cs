namespace ClosedLoop.Silo.Privacy;

/// <summary>Whom a request is about. In the body, never in an address: addresses of requests are written into logs.</summary>
internal sealed record PersonRequest(string? Address, string? Client);
