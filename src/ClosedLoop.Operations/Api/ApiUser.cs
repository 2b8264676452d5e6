namespace ClosedLoop.Operations.Api;

/// <summary>A person who may sign in.</summary>
internal sealed record ApiUser(string Name, string Role, bool Disabled, DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt);
