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
        statusCode: status, title: $"{code}: {text}", type: $"https://closedloop.invalid/errors#{code}", extensions: [new("code", code)]);
}
