using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Hosting;

/// <summary>Keeps the two listeners apart: a route of the other one does not exist here.</summary>
internal sealed class ListenerGate(RequestDelegate next, OperationsOptions options)
{
    private readonly int _public = new Uri(options.PublicListen).Port;

    /// <summary>Whether the request came by the public listener.</summary>
    public static bool IsPublic(HttpContext context, OperationsOptions options) => context.Connection.LocalPort == new Uri(options.PublicListen).Port;

    public Task InvokeAsync(HttpContext context)
    {
        var kind = context.GetEndpoint()?.Metadata.GetMetadata<OnListener>()?.Kind ?? ListenerKind.Operator;
        var isPublic = context.Connection.LocalPort == _public;
        if (kind == ListenerKind.Both || (kind == ListenerKind.Public) == isPublic) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
