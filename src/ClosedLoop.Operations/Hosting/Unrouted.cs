using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Pages;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Hosting;

/// <summary>Addresses that lead nowhere: a page for people who are signed in, nothing for others.</summary>
internal sealed class Unrouted(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not null || Caller.RoleOf(context.User) is null || context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        await (await context.RequestServices.Need<Screens>().NotFoundAsync(context, "This address")).ExecuteAsync(context);
    }
}
