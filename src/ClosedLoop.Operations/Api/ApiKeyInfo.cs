namespace ClosedLoop.Operations.Api;

/// <summary>A key of a program; its text is not kept.</summary>
internal sealed record ApiKeyInfo(string Id, string Name, string Role, string? Client, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt);
