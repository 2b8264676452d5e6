using System.Net;
using ClosedLoop.Data.Access;
using ClosedLoop.Model;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Access;

/// <summary>In and out.</summary>
internal static class SignInRoutes
{
    /// <summary>Wrong passwords in a row that cost nothing.</summary>
    private const int FreeFailures = 5;

    /// <summary>How long no password is looked at after that; doubles with each further one.</summary>
    private static readonly TimeSpan FirstLock = TimeSpan.FromSeconds(30);

    public static void MapSignIn(this IEndpointRouteBuilder endpoints, OperationsOptions options)
    {
        endpoints.MapGet("/login", (HttpContext context, Screens show, UserStore users, string? token, string? next, string? fault) =>
            ShowAsync(context, show, users, options, token, next, OpenIdSetup.Explain(fault), status: 200)).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapForm("/login", role: null, (context, form) => PasswordAsync(context, form, options));
        endpoints.MapForm("/login/link", role: null, (context, form) => LinkAsync(context, form, options));
        endpoints.MapForm("/logout", OperatorRole.Viewer, async (context, _) =>
        {
            var wasElsewhere = context.User.FindFirst(Caller.WayClaim)?.Value == Sessions.ByOpenId;
            await context.SignOutAsync(Sessions.Scheme);
            return Results.Redirect(wasElsewhere ? "/login?left=openid" : "/login");
        });
        if (options.OpenId is null) return;

        // Links and not forms: a form's policy (form-action) holds for every address it is sent on to, and where an organisation's sign-in leads is not known here.
        endpoints.MapGet("/login/openid", (HttpContext context, string? next) => OpenIdSetup.EnterAsync(context, Forms.Local(next))).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/login/openid/leave", (Delegate)OpenIdSetup.LeaveAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Screens show, UserStore users, OperationsOptions options, string? token, string? next, string? fault, int status)
    {
        var left = options.OpenId is not null && context.Request.Query["left"] == "openid";
        return await show.ShowAsync<SignInPage>(context, "Sign in", "", new SignInModel(
            string.IsNullOrEmpty(token) ? null : token, Forms.Local(next), fault, users.All().Any(user => user is { Password: not null, Disabled: false }), options.OpenId is not null, left,
            options.IsPublishedOnLoopback() ? "from this machine" : "from the machine of the service"), status: status);
    }

    private static async Task<IResult> PasswordAsync(HttpContext context, IFormCollection form, OperationsOptions options)
    {
        var services = context.RequestServices;
        var users = services.Need<UserStore>();
        var user = users.Find(form["name"].ToString());
        var isLocked = user?.LockedUntil > services.Need<TimeProvider>().NowMicroseconds();
        if (!isLocked && PasswordHash.Fits(user is { Disabled: false } ? user.Password : null, form["password"].ToString()))
        {
            await users.SignedInAsync(user!.Name);
            await Sessions.SignInAsync(context, user);
            return Forms.Back(form);
        }

        if (user is not null && !isLocked) await users.FailedAsync(user.Name, FreeFailures, FirstLock);
        return await ShowAsync(context, services.Need<Screens>(), users, options, token: null, form["next"], "CL9503: name or password is wrong, or too many wrong ones came before; wait a little.", 403);
    }

    private static async Task<IResult> LinkAsync(HttpContext context, IFormCollection form, OperationsOptions options)
    {
        var services = context.RequestServices;

        // The peer of a container is its network's gateway, whoever calls; that its port is published on loopback only is what the address says.
        var isHere = options.IsPublishedOnLoopback() || (context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address));
        if (isHere && services.Need<SignInLinks>().Use(form["token"].ToString()))
        {
            await services.Need<Sessions>().SignInLinkAsync(context);
            return Forms.Back(form);
        }

        return await ShowAsync(context, services.Need<Screens>(), services.Need<UserStore>(), options, token: null, form["next"], "CL9504: the link was used, is too old, or was opened on another machine. Each start of the service prints a new one.", 403);
    }
}
