namespace ClosedLoop.Operations.Access;

/// <summary>Somebody is known elsewhere and has no role here.</summary>
internal sealed class OpenIdRoleException(string message) : Exception(message);
