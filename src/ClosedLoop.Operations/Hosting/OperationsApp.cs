using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Bulk;
using ClosedLoop.Operations.Live;
using ClosedLoop.Operations.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Hosting;

/// <summary>Puts the operator listener into the pipeline.</summary>
public static class OperationsApp
{
    /// <summary>What every request passes; call before routes are mapped.</summary>
    public static void UseOperations(this WebApplication app, OperationsOptions options)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseRouting();
        app.UseMiddleware<ListenerGate>();
        app.UseWhen(context => !ListenerGate.IsPublic(context, options), operators =>
        {
            operators.UseMiddleware<HostGuard>();
            if (options.BehindTls || options.Address?.Scheme == "https")
            {
                operators.Use((context, next) =>
                {
                    context.Request.Scheme = "https";
                    return next(context);
                });
            }

            operators.UseMiddleware<SecurityHeaders>();
            operators.UseMiddleware<FaultGuard>();
        });

        // On the pipeline itself: left to a branch, the host would put them before routing, where nothing is known of a route yet.
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWhen(context => !ListenerGate.IsPublic(context, options), operators => operators.UseMiddleware<Unrouted>());
    }

    /// <summary>Dashboard, API, live events and assets.</summary>
    public static void MapOperations(this WebApplication app, OperationsOptions options)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/assets/{name}", (HttpContext context, string name) =>
        {
            if (Assets.Find(name) is not var (body, type)) return Results.NotFound();
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(body, type);
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapSignIn(options);
        app.MapScreens();
        app.MapMailScreens();
        app.MapSourceScreens();
        app.MapSystemScreens();
        app.MapExportScreens();
        app.MapTables();
        app.MapForms();
        app.MapBulk();
        app.MapLive();
        app.MapApi();
    }

    /// <summary>A new link that signs in once, from this machine.</summary>
    public static string CreateSignInLink(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.Services.Need<OperationsOptions>();
        return $"{options.Front()}/login?token={app.Services.Need<SignInLinks>().Create()}";
    }
}
