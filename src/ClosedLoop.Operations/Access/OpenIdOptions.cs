namespace ClosedLoop.Operations.Access;

/// <summary>Signing in by OpenID Connect (authorization code with PKCE).</summary>
/// <param name="Authority">Address of the issuer.</param>
/// <param name="ClientId">As which this service is known there.</param>
/// <param name="ClientSecret">Its secret, where the issuer wants one.</param>
/// <param name="NameClaim">Claim that holds the user's name.</param>
/// <param name="RoleClaim">Claim that holds roles; <c>a.b</c> for the member b of an object a.</param>
/// <param name="AdminRole">Value of <paramref name="RoleClaim"/> that makes an admin.</param>
/// <param name="OperatorRole">Value that makes an operator.</param>
/// <param name="ViewerRole">Value that makes a viewer; somebody with none of the three is refused.</param>
/// <param name="Scope">What is asked for.</param>
public sealed record OpenIdOptions(
    string Authority, string ClientId, string? ClientSecret, string NameClaim, string RoleClaim, string AdminRole, string OperatorRole, string ViewerRole, string Scope = "openid profile");
