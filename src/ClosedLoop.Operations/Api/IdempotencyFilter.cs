using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClosedLoop.Data.Access;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Api;

/// <summary>A request sent again with the same <c>Idempotency-Key</c> gets the answer of the first one and does nothing.</summary>
internal static class IdempotencyFilter
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 200;

    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (HttpMethods.IsGet(context.Request.Method) || context.Request.Headers[Header].ToString() is not { Length: > 0 } key) return await next(invocation);
        if (key.Length > LongestKey) return Problems.Of(400, "CL9506", $"an {Header} has at most {LongestKey} characters");
        var store = context.RequestServices.Need<IdempotencyStore>();
        var actor = Caller.Of(context).Name;
        var fingerprint = Fingerprint(invocation);
        if (await store.BeginAsync(actor, key, fingerprint) is { } kept) return Again(context, kept, fingerprint);
        object? result;
        try
        {
            result = await next(invocation);
        }
        catch
        {
            await store.ReleaseAsync(actor, key);
            throw;
        }

        // A refusal did nothing, and may be none the next time.
        if (result is not IStatusCodeHttpResult { StatusCode: 200 } answered || result is not IValueHttpResult { Value: { } value } || value is ApiMadeKey)
            await store.ReleaseAsync(actor, key);
        else
            await store.EndAsync(actor, key, answered.StatusCode.Value, JsonSerializer.Serialize(value, JsonSerializerOptions.Web));
        return result;
    }

    private static IResult Again(HttpContext context, KeptAnswer kept, string fingerprint)
    {
        if (kept.Fingerprint != fingerprint) return Problems.Of(422, "CL9506", $"this {Header} was used for another request; take a new one");
        if (kept.Status is not { } status)
        {
            context.Response.Headers.RetryAfter = "2";
            return Problems.Of(409, "CL9507", "the first request with this key is still under way");
        }

        context.Response.Headers["Idempotent-Replayed"] = "true";
        return Results.Text(kept.Body, "application/json", Encoding.UTF8, status);
    }

    /// <summary>Of what is asked: method, address, and the body as it was read.</summary>
    private static string Fingerprint(EndpointFilterInvocationContext invocation)
    {
        var request = invocation.HttpContext.Request;
        var text = new StringBuilder(request.Method).Append(' ').Append(request.Path).Append(request.QueryString);
        foreach (var body in invocation.Arguments.Where(argument => argument?.GetType().Namespace == typeof(IdempotencyFilter).Namespace)) text.Append('\n').Append(JsonSerializer.Serialize(body));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
