using ClosedLoop.Operations.Access;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Hosting;

/// <summary>Answers on the operator listener only to the names it has (<c>Operator:Address</c>); probes and collectors call by number.</summary>
internal sealed class HostGuard(RequestDelegate next, OperationsOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OnListener>()?.Kind == ListenerKind.Both || options.Takes(context.Request.Host.Host)) return next(context);
        return Problems.Of(StatusCodes.Status421MisdirectedRequest, "CL9560", $"the dashboard is not called '{context.Request.Host.Host}'; open {options.Address!.GetLeftPart(UriPartial.Authority)}, or set Operator:Address to the address in use")
            .ExecuteAsync(context);
    }
}
