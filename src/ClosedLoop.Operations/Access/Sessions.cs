using System.Globalization;
using System.Security.Claims;
using ClosedLoop.Data.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Access;

/// <summary>Sessions of people in a browser: a protected cookie, looked at anew with each request.</summary>
internal sealed class Sessions(UserStore users, SignInLinks links, TimeProvider time)
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>Signed in by a link of this machine.</summary>
    public const string ByLink = "link";

    /// <summary>Signed in with a password.</summary>
    public const string ByPassword = "password";

    /// <summary>Signed in elsewhere.</summary>
    public const string ByOpenId = "openid";

    public static void Configure(CookieAuthenticationOptions cookie, OperationsOptions options)
    {
        cookie.Cookie.Name = "closedloop.session";
        cookie.Cookie.HttpOnly = true;

        // Lax: a link in an alarm's mail opens the page it names. Nothing that changes anything is a GET.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = options.SessionLength;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/login";
        cookie.AccessDeniedPath = "/forbidden";
        cookie.ReturnUrlParameter = "next";
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    public Task SignInLinkAsync(HttpContext context) => context.SignInAsync(Scheme, Caller.Principal(
        Scheme, "local", OperatorRole.Admin, "dashboard", clientId: null, new Claim(Caller.WayClaim, ByLink), new Claim(Caller.StampClaim, links.Boot)));

    public static Task SignInAsync(HttpContext context, OperatorUser user) => context.SignInAsync(Scheme, Caller.Principal(
        Scheme, user.Name, user.Role, "dashboard", clientId: null, new Claim(Caller.WayClaim, ByPassword), new Claim(Caller.StampClaim, user.Stamp)));

    /// <summary>Whether a session is still good: a changed role or password, a disabled user and a restart (for links) end it at once; one of an account elsewhere has an end from the beginning.</summary>
    internal bool IsGood(ClaimsPrincipal principal)
    {
        var stamp = principal.FindFirstValue(Caller.StampClaim);
        return principal.FindFirstValue(Caller.WayClaim) switch
        {
            ByLink => stamp == links.Boot,
            ByPassword => users.Find(principal.Identity?.Name ?? "") is { Disabled: false } user && user.Stamp == stamp,
            ByOpenId => long.TryParse(principal.FindFirstValue(Caller.UntilClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var until) && time.GetUtcNow().ToUnixTimeSeconds() < until,
            _ => false,
        };
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = (Sessions)context.HttpContext.RequestServices.GetService(typeof(Sessions))!;
        if (context.Principal is { } principal && sessions.IsGood(principal)) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}
