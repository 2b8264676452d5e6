namespace ClosedLoop.Operations.Api;

/// <summary>A key of the installation; never what it is.</summary>
internal sealed record ApiKeyFile(string Name, string Use, string State, DateTimeOffset Since);
