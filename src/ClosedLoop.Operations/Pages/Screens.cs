using System.Text;
using ClosedLoop.Model;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace ClosedLoop.Operations.Pages;

/// <summary>Puts a page around what a screen shows.</summary>
internal sealed class Screens(HeaderReader headers, IAntiforgery antiforgery, OperationsOptions options, TimeProvider time)
{
    public const string ThemeCookie = "closedloop.theme";
    private const string SaidCookie = "closedloop.said";

    /// <param name="context">The request.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="section">Entry of the navigation.</param>
    /// <param name="model">What the screen shows.</param>
    /// <param name="command">The same on the command line.</param>
    /// <param name="api">The same by the API.</param>
    /// <param name="status">HTTP status.</param>
    public async Task<IResult> ShowAsync<TPage>(HttpContext context, string title, string section, object model, string? command = null, string? api = null, int status = 200)
        where TPage : IComponent
    {
        var isSignedIn = Caller.RoleOf(context.User) is not null;
        var caller = isSignedIn ? Caller.Of(context) : null;
        var tokens = antiforgery.GetAndStoreTokens(context);
        var (said, done) = TakeSaid(context);
        var page = new PageContext
        {
            Title = title,
            Section = section,
            Caller = caller,
            Header = caller is null ? null : await HeaderAsync(caller, status),
            TokenField = tokens.FormFieldName,
            Token = tokens.RequestToken!,
            Path = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString.Value : "/",
            Theme = context.Request.Cookies[ThemeCookie] is "dark" or "light" ? context.Request.Cookies[ThemeCookie]! : "",
            Said = said,
            SaidDone = done,
            Now = time.NowMicroseconds(),
            Command = command,
            Api = api,
            Version = options.Version,
        };
        return new RazorComponentResult<PageHost>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(PageHost.Context)] = page,
            [nameof(PageHost.Body)] = typeof(TPage),
            [nameof(PageHost.Model)] = model,
        })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
    }

    /// <summary>The header of a page that tells of a fault is made without what may have failed with it.</summary>
    private async Task<HeaderModel> HeaderAsync(Caller caller, int status)
    {
        if (status < StatusCodes.Status500InternalServerError) return await headers.ReadAsync(caller.ClientId);
        try
        {
            return await headers.ReadAsync(caller.ClientId);
        }
#pragma warning disable CA1031 // the fault is told of by the page
        catch (Exception)
#pragma warning restore CA1031
        {
            return HeaderModel.Unknown(options.Mode);
        }
    }

    public Task<IResult> FaultAsync(HttpContext context, int status, string title, string text) =>
        ShowAsync<FaultPage>(context, title, "", new FaultModel(
            status, title, text, context.TraceIdentifier, $"{context.Request.Method} {context.Request.Path}", HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString.Value : null), status: status);

    public Task<IResult> NotFoundAsync(HttpContext context, string what) => FaultAsync(context, 404, "Not found", $"{what} is not known here.");

    /// <summary>Keeps an answer for the next page.</summary>
    public static void Say(HttpContext context, bool done, string text)
    {
        if (text.Length > 1_000) text = text[..1_000] + "…";
        context.Response.Cookies.Append(SaidCookie, WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes((done ? "+" : "-") + text)), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromMinutes(1), Secure = context.Request.IsHttps });
    }

    private static (string? Text, bool Done) TakeSaid(HttpContext context)
    {
        // A look of the script at the same page must not take the answer away from the person.
        if (context.Request.Cookies[SaidCookie] is not { Length: > 0 and < 8_000 } cookie || context.Request.Headers.ContainsKey("X-Live")) return (null, false);
        context.Response.Cookies.Delete(SaidCookie);
        try
        {
            var text = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cookie));
            return text.Length < 2 ? (null, false) : (text[1..], text[0] == '+');
        }
        catch (FormatException)
        {
            return (null, false);
        }
    }
}
