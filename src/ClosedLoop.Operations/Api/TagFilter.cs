using System.Globalization;
using ClosedLoop.Operations.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Api;

/// <summary>Gives things their <c>ETag</c> and refuses an action on what has changed since it was seen (RFC 9110 section 13.1).</summary>
internal static class TagFilter
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.GetEndpoint()?.Metadata.GetMetadata<Tagged>() is not { } tagged || !long.TryParse((string?)context.Request.RouteValues["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return await next(invocation);
        var tags = context.RequestServices.Need<EntityTags>();
        var tag = tags.Of(tagged.Kind, id);
        if (HttpMethods.IsGet(context.Request.Method))
        {
            var result = await next(invocation);
            if (tag is not null) context.Response.Headers.ETag = tag;
            return result;
        }

        var wanted = context.Request.Headers.IfMatch.ToString();
        if (wanted.Length > 0 && wanted != "*" && tag is not null && !wanted.Split(',').Select(text => text.Trim()).Contains(tag, StringComparer.Ordinal))
            return Problems.Of(412, "CL9505", "it has changed since you looked; read it again and decide anew");
        var answer = await next(invocation);
        if (tags.Of(tagged.Kind, id) is { } after) context.Response.Headers.ETag = after;
        return answer;
    }
}
