using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClosedLoop.Operations.Api;

/// <summary>Refusals of stations begin with their code; it becomes a member of its own, so that a program need not read sentences.</summary>
internal static partial class CodeFilter
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var answer = await next(invocation);
        if (answer is ProblemHttpResult { ProblemDetails: { } problem } && !problem.Extensions.ContainsKey("code") && problem.Title is { } title && Code().Match(title) is { Success: true } found)
        {
            problem.Extensions["code"] = found.Groups["code"].Value;
            problem.Type = Problems.PageOf(found.Groups["code"].Value);
        }

        return answer;
    }

    [GeneratedRegex(@"^(?<code>CL\d{4})\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
