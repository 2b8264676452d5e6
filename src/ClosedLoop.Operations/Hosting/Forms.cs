using ClosedLoop.Data.Access;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Hosting;

/// <summary>Routes that a form of the dashboard posts to: each checks that the form is ours before anything else.</summary>
internal static class Forms
{
    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder endpoints, string pattern, OperatorRole? role, Func<HttpContext, IFormCollection, Task<IResult>> handle)
    {
        // As a Delegate: taken for a RequestDelegate, the result would be thrown away.
        var route = endpoints.MapPost(pattern, (Delegate)((HttpContext context) => HandleAsync(context, handle))).ExcludeFromDescription().WithMetadata(FormPost.Mark);
        return role is { } needed ? route.Needs(needed) : route.AllowAnonymous();
    }

    /// <summary>A form that carries an action out and goes back to where it stood.</summary>
    public static RouteHandlerBuilder MapAction(this IEndpointRouteBuilder endpoints, string pattern, OperatorRole role, Func<HttpContext, IFormCollection, Task<ActionResult>> act) =>
        endpoints.MapForm(pattern, role, async (context, form) =>
        {
            var result = await act(context, form);
            if (result.Status == 404) return await context.RequestServices.Need<Screens>().NotFoundAsync(context, "What the form is about");
            Screens.Say(context, result.Done, result.Code is null ? result.Text : $"{result.Code}: {result.Text}");
            return Back(form);
        });

    /// <summary>Back to a page of ours, whatever the form says.</summary>
    public static IResult Back(IFormCollection form) => Results.Redirect(Local(form["next"]));

    public static string Local(string? path) =>
        path is { Length: > 0 and < 2_000 } && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";

    private static async Task<IResult> HandleAsync(HttpContext context, Func<HttpContext, IFormCollection, Task<IResult>> handle)
    {
        var services = context.RequestServices;
        try
        {
            await services.Need<IAntiforgery>().ValidateRequestAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return await services.Need<Screens>().FaultAsync(context, 400, "The form is out of date", "CL9502: the form was not made for this session, or is too old. Nothing was done; go back, reload the page and try again.");
        }

        return await handle(context, await context.Request.ReadFormAsync());
    }
}
