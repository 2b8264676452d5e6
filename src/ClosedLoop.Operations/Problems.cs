using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations;

/// <summary>Refusals as <c>application/problem+json</c> (RFC 9457), each with the stable code that docs/errors.md explains.</summary>
internal static class Problems
{
    public static IResult Unauthorised { get; } = Of(401, "CL6001", "the operator token or API key is missing or wrong");

    public static IResult Forbidden { get; } = Of(403, "CL9501", "your role, or the scope of the key, does not allow this");

    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable code.</param>
    /// <param name="text">What was found and what was expected.</param>
    public static IResult Of(int status, string code, string text) => Results.Problem(
        statusCode: status, title: $"{code}: {text}", type: PageOf(code), extensions: [new("code", code)]);

    /// <summary>What stands in <c>type</c>: names the code, and is no page on the network (RFC 2606).</summary>
    public static string PageOf(string code) => $"https://closedloop.invalid/errors#{code}";

    /// <summary>A refusal of the server itself, which has a status and no words: an unknown address, a method or a body that a route does not take, a value that is missing.</summary>
    public static IResult Bare(int status) => status switch
    {
        404 => Of(status, "CL9509", "no route of the API has this address"),
        405 => Of(status, "CL9508", "the route does not take this method"),
        413 => Of(status, "CL9508", "the body is too long"),
        415 => Of(status, "CL9508", "the body is not of a type the route takes; expected application/json"),
        _ => Of(status, "CL9508", "the request could not be read: a value is missing or not of its kind; see /openapi/v1.json"),
    };
}
