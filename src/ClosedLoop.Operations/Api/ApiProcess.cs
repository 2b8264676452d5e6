namespace ClosedLoop.Operations.Api;

/// <summary>One process. What nobody knows of it is null: roles and version of one that has ended, an address where there are no others.</summary>
internal sealed record ApiProcess(string Name, string Host, string? Address, string? Roles, string? Version, DateTimeOffset Since, DateTimeOffset SeenAt, string State, bool IsThis);
