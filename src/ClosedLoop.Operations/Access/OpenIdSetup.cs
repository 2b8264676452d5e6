using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ClosedLoop.Operations.Access;

/// <summary>Signing in with the accounts of an organisation: authorization code with PKCE (OpenID Connect Core 1.0 section 3.1, RFC 7636); roles come with the token.</summary>
internal static partial class OpenIdSetup
{
    public const string Scheme = "openid";

    /// <summary>The account has none of the roles of this installation.</summary>
    public const string NoRole = "CL9561";

    /// <summary>What the issuer answered was not accepted, or it refused.</summary>
    public const string NotAccepted = "CL9562";

    /// <summary>The issuer could not be asked.</summary>
    public const string Unreachable = "CL9563";

    private static readonly string[] Signed = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static void Add(AuthenticationBuilder authentication, OpenIdOptions openId, OperationsOptions own) => authentication.AddOpenIdConnect(Scheme, options =>
    {
        options.Authority = openId.Authority;
        options.ClientId = openId.ClientId;
        options.ClientSecret = openId.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;

        // The code comes back in an address and not in a form of a foreign page: cookies need not be open to other sites for it, and it works without TLS on loopback.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.SignInScheme = Sessions.Scheme;
        options.CallbackPath = "/login/openid/callback";
        options.SignedOutCallbackPath = "/login/openid/left";
        options.SignedOutRedirectUri = "/login";

        // A page of anybody's could end sessions by it.
        options.RemoteSignOutPath = default;
        options.RequireHttpsMetadata = !new Uri(openId.Authority).IsLoopback;
        options.BackchannelTimeout = TimeSpan.FromSeconds(10);
        options.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        options.Scope.Clear();
        foreach (var word in openId.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)) options.Scope.Add(word);
        options.Events.OnTokenValidated = context =>
        {
            // A token that came straight from the issuer need not be signed by the letter (OpenID Connect Core 1.0, 3.1.3.7 rule 6); here it has to be, with a key that only the issuer has.
            if (!Signed.Contains(context.SecurityToken.Header.Alg, StringComparer.Ordinal))
            {
                context.Fail($"the token of the issuer has the algorithm '{context.SecurityToken.Header.Alg}'; expected one of {string.Join(", ", Signed)}");
                return Task.CompletedTask;
            }

            var until = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + own.SessionLength;
            if (OpenIdRoles.PrincipalOf(context.Principal!, openId, until) is { } principal) context.Principal = principal;
            else context.Fail(new OpenIdRoleException($"the account '{OpenIdRoles.NameOf(context.Principal!, openId)}' has none of the roles of this installation in the claim '{openId.RoleClaim}'"));
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            // The token of the session is not kept; RP-Initiated Logout 1.0 section 2 lets the client name itself instead.
            context.ProtocolMessage.ClientId = openId.ClientId;
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            var code = context.Failure is OpenIdRoleException ? NoRole : NotAccepted;
            LogRefused(context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OpenIdSetup)), code, context.Failure?.Message ?? "no cause", context.HttpContext.TraceIdentifier);
            context.HandleResponse();
            context.Response.Redirect("/login?fault=" + code);
            return Task.CompletedTask;
        };
    });

    /// <summary>What a code means to whoever tried to sign in; <c>null</c> for anything else.</summary>
    public static string? Explain(string? code) => code switch
    {
        NoRole => $"{NoRole}: your organisation knows you, but gave your account no role here. Ask an admin of this installation.",
        NotAccepted => $"{NotAccepted}: your organisation's answer was not accepted, or you were refused there. Try again; the log of the service has the cause.",
        Unreachable => $"{Unreachable}: your organisation's sign-in could not be reached, or does not offer this. Try again, or sign in with a password of this installation.",
        _ => null,
    };

    /// <summary>Sends a browser to the issuer, to sign in there.</summary>
    public static Task<IResult> EnterAsync(HttpContext context, string next) =>
        GoAsync(context, () => context.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = next }));

    /// <summary>Sends a browser to the issuer, to sign out there (RP-Initiated Logout 1.0); not every issuer has a place for that.</summary>
    public static Task<IResult> LeaveAsync(HttpContext context) =>
        GoAsync(context, () => context.SignOutAsync(Scheme, new AuthenticationProperties { RedirectUri = "/login" }));

    private static async Task<IResult> GoAsync(HttpContext context, Func<Task> go)
    {
        try
        {
            await go();
            return Results.Empty;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or OperationCanceledException or OpenIdConnectProtocolException)
        {
            LogRefused(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OpenIdSetup)), Unreachable, e.Message, context.TraceIdentifier);
            return Results.Redirect("/login?fault=" + Unreachable);
        }
    }

    [LoggerMessage(9504, LogLevel.Warning, "{Code}: signing in elsewhere failed: {Cause} (request {Request})")]
    private static partial void LogRefused(ILogger logger, string code, string cause, string request);
}
