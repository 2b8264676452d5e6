namespace ClosedLoop.Operations.Api;

/// <summary>A key to be made.</summary>
internal sealed record ApiNewKey(string Name, string Role, string? Client, int? Days);
