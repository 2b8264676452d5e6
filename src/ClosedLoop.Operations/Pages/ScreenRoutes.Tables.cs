using System.Globalization;
using System.Text;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Pages;

/// <summary>What a screen shows, to be taken away as a table.</summary>
internal static partial class ScreenRoutes
{
    /// <summary>Most rows of the audit that are taken away at once.</summary>
    private const int MostTaken = 10_000;

    public static void MapTables(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/files/{id:long}/problems.csv", async (HttpContext context, Screens show, FilesReader files, long id) =>
            files.Detail(id) is { } detail && Caller.Of(context).Sees(detail.Line.File.ClientId)
                ? Table(detail.Line.File.Name + ".problems.csv", TableText.Of(["severity", "code", "line", "record", "column", "message"], detail.Problems.Select(problem => new[]
                {
                    problem.IsError ? "error" : "warning", problem.Code.Code, string.Create(CultureInfo.InvariantCulture, $"{problem.Line}"), string.Create(CultureInfo.InvariantCulture, $"{problem.Record}"),
                    string.Create(CultureInfo.InvariantCulture, $"{problem.Column}"), problem.Message,
                })))
                : await show.NotFoundAsync(context, Id("File", id))).ExcludeFromDescription();
        endpoints.MapGet("/audit.csv", (HttpContext context, AuditStore audit) =>
        {
            var caller = Caller.Of(context);
            return Table("audit.csv", TableText.Of(["at", "actor", "origin", "action", "subject", "done", "answer", "reason", "before", "after"], audit.Before(long.MaxValue, MostTaken)
                .Where(entry => caller.ClientId is null || entry.ClientId == caller.ClientId)
                .Select(entry => new[] { Show.Iso(entry.At), entry.Actor, entry.Origin, entry.Action, entry.Subject, entry.Done ? "yes" : "no", entry.Answer, entry.Reason, entry.Before, entry.After })));
        }).ExcludeFromDescription();
    }

    private static IResult Table(string name, string text) => Results.File(Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", name);
}
