using ClosedLoop.Operations.Access;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Signing in with the accounts of an organisation (OpenID Connect).</summary>
public sealed record OpenIdSettings
{
    /// <summary>Address of the issuer; without one people sign in with passwords only.</summary>
    public string? Authority { get; init; }

    /// <summary>As which this service is known there.</summary>
    public string? ClientId { get; init; }

    /// <summary>File whose first line is the client's secret.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>What the issuer is asked for, with blanks between; some tell roles only with a scope of their own.</summary>
    public string Scope { get; init; } = "openid profile";

    public string NameClaim { get; init; } = "preferred_username";

    public string RoleClaim { get; init; } = "roles";

    /// <summary>Value of the role claim that makes an admin.</summary>
    public string AdminRole { get; init; } = "closedloop-admin";

    public string OperatorRole { get; init; } = "closedloop-operator";

    public string ViewerRole { get; init; } = "closedloop-viewer";

    internal OpenIdOptions? ToOptions() => Authority is null ? null : new OpenIdOptions(
        Authority, ClientId!, ClientSecretFile is null ? null : File.ReadLines(ClientSecretFile).FirstOrDefault()?.Trim(), NameClaim, RoleClaim, AdminRole, OperatorRole, ViewerRole, Scope);
}
