using ClosedLoop.Operations.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Operations.Hosting;

/// <summary>A fault becomes an answer that says what failed and by which number the log has it; never a stack trace.</summary>
internal sealed partial class FaultGuard(RequestDelegate next, ILogger<FaultGuard> logger)
{
    private const string Text = "CL9512: this could not be shown or done now; mostly the database or a grain did not answer. What is being sent goes on. The log has the cause under the number of the request.";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBare(context)) await Problems.Bare(context.Response.StatusCode).ExecuteAsync(context);
        }
#pragma warning disable CA1031 // told to the caller and in the log
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFault(context.TraceIdentifier, context.Request.Method, context.Request.Path.Value ?? "", e);
            context.Response.Clear();
            await (await AnswerAsync(context, e)).ExecuteAsync(context);
        }
    }

    /// <summary>Whether a program gets a refusal without a word.</summary>
    private static bool IsBare(HttpContext context) =>
        context.Response is { StatusCode: >= 400 and < 500, HasStarted: false, ContentLength: null, ContentType: null } && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    private static async Task<IResult> AnswerAsync(HttpContext context, Exception e)
    {
        if (e is BadHttpRequestException bad) return Problems.Of(bad.StatusCode, "CL9508", "the request could not be read: " + bad.Message);
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) return Problems.Of(500, "CL9512", "the service could not answer now; the log has the cause");
        try
        {
            return await context.RequestServices.Need<Screens>().FaultAsync(context, 500, "Something failed", Text);
        }
#pragma warning disable CA1031 // the header needs the database, too
        catch (Exception)
#pragma warning restore CA1031
        {
            return Results.Text($"{Text}\nRequest {context.TraceIdentifier}", statusCode: 500);
        }
    }

    [LoggerMessage(9502, LogLevel.Error, "request {Request} {Method} {Path} failed")]
    private partial void LogFault(string request, string method, string path, Exception error);
}
