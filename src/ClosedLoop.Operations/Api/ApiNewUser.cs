namespace ClosedLoop.Operations.Api;

/// <summary>A person to be added.</summary>
internal sealed record ApiNewUser(string Name, string Role, string Password);
