using System.Text.Json;
using ClosedLoop.Data.Access;
using ClosedLoop.Operations.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace ClosedLoop.Operations.Pages;

/// <summary>
/// Filters that somebody has given names, kept by the browser in a cookie: they work without script, are nobody else's business, and need no row for everybody who ever looked. What a view is
/// stands in the address, so one is handed on by its link.
/// </summary>
internal static class SavedViews
{
    /// <summary>Most of one browser: what fits a cookie.</summary>
    public const int Most = 12;

    private const int MostName = 40;
    private const int MostQuery = 160;
    private const string Cookie = "closedloop.views";

    private static readonly string[] Paths = ["/files", "/mailings"];

    /// <summary>Those of a screen.</summary>
    public static IReadOnlyList<SavedView> Of(HttpContext context, string path) => [.. Read(context).Where(view => view.Path == path)];

    /// <summary>The form that keeps one, and the one that gives it up.</summary>
    public static void MapSavedViews(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapForm("/views", OperatorRole.Viewer, (context, form) =>
        {
            var view = new SavedView(form["path"].ToString(), form["name"].ToString().Trim(), form["query"].ToString());
            if (!IsGood(view)) Screens.Say(context, done: false, $"CL9584: a view needs a name of 1 to {MostName} characters and a filter that fits");
            else Write(context, [view, .. Read(context).Where(one => one.Path != view.Path || one.Name != view.Name)]);
            return Task.FromResult(Forms.Back(form));
        });
        endpoints.MapForm("/views/remove", OperatorRole.Viewer, (context, form) =>
        {
            Write(context, [.. Read(context).Where(one => one.Path != form["path"] || one.Name != form["name"])]);
            return Task.FromResult(Forms.Back(form));
        });
    }

    private static bool IsGood(SavedView view) => Paths.Contains(view.Path, StringComparer.Ordinal) && view.Name.Length is > 0 and <= MostName && !view.Name.Any(char.IsControl)
        && view.Query.Length is > 0 and <= MostQuery && view.Query.All(letter => char.IsAsciiLetterOrDigit(letter) || "=&%-_.~+".Contains(letter, StringComparison.Ordinal));

    private static List<SavedView> Read(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 and < 8_000 } cookie) return [];
        try
        {
            return [.. (JsonSerializer.Deserialize<List<SavedView>>(WebEncoders.Base64UrlDecode(cookie)) ?? []).Where(IsGood).Take(Most)];
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return [];
        }
    }

    private static void Write(HttpContext context, List<SavedView> views) => context.Response.Cookies.Append(
        Cookie, WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(views.Take(Most).ToList())), new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps });
}
