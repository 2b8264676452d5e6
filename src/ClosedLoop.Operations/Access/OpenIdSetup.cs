using System.Security.Claims;
using ClosedLoop.Data.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ClosedLoop.Operations.Access;

/// <summary>Signing in with the accounts of an organisation: authorization code with PKCE (RFC 7636); roles come with the token.</summary>
internal static class OpenIdSetup
{
    public const string Scheme = "openid";

    public static void Add(AuthenticationBuilder authentication, OpenIdOptions openId) => authentication.AddOpenIdConnect(Scheme, options =>
    {
        options.Authority = openId.Authority;
        options.ClientId = openId.ClientId;
        options.ClientSecret = openId.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.SignInScheme = Sessions.Scheme;
        options.CallbackPath = "/login/openid/callback";
        options.RequireHttpsMetadata = !new Uri(openId.Authority).IsLoopback;
        options.Events.OnTokenValidated = context =>
        {
            if (PrincipalOf(context.Principal!, openId) is { } principal) context.Principal = principal;
            else context.Fail("The account has none of the roles of this installation.");
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect("/login");
            return Task.CompletedTask;
        };
    });

    /// <summary>Our claims for somebody who is known elsewhere; <c>null</c> for somebody without a role here.</summary>
    internal static ClaimsPrincipal? PrincipalOf(ClaimsPrincipal elsewhere, OpenIdOptions openId)
    {
        var roles = elsewhere.FindAll(openId.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        OperatorRole? role = roles.Contains(openId.AdminRole) ? OperatorRole.Admin : roles.Contains(openId.OperatorRole) ? OperatorRole.Operator : roles.Contains(openId.ViewerRole) ? OperatorRole.Viewer : null;
        if (role is not { } found) return null;
        var name = elsewhere.FindFirstValue(openId.NameClaim) ?? elsewhere.FindFirstValue("sub") ?? "unknown";
        return Caller.Principal(Scheme, name, found, "dashboard", clientId: null, new Claim(Caller.WayClaim, Sessions.ByOpenId));
    }
}
