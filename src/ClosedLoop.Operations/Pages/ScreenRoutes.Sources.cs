using System.Globalization;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Clients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Pages;

/// <summary>The editor of source mailings: lint and preview of any row, of what is stored and of what is being written.</summary>
internal static partial class ScreenRoutes
{
    /// <summary>Most that a form of the editor may have.</summary>
    private const int MostTemplate = 2 * 1024 * 1024;

    /// <summary>Rows that the button of the editor tries a template with.</summary>
    private const int DryRows = 50;

    public static void MapSourceScreens(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/sources/{id:long}", (HttpContext context, SourceEditor editor, Screens show, DefinitionStore definitions, long id, int? row, int? version) =>
            definitions.FindSource(id) is { } source && Caller.Of(context).Sees(source.Value.ClientId)
                ? editor.ShowAsync(context, show, source, version is { } old ? definitions.FindSource(id, old)?.Value ?? source.Value : source.Value, row)
                : show.NotFoundAsync(context, Id("Source mailing", id))).ExcludeFromDescription();
        endpoints.MapForm("/sources/{id:long}", OperatorRole.Operator, EditAsync).WithMetadata(new BodyLimit(MostTemplate));
    }

    private static async Task<IResult> EditAsync(HttpContext context, IFormCollection form)
    {
        var services = context.RequestServices;
        var show = services.Need<Screens>();
        var id = long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
        var caller = Caller.Of(context);
        if (services.Need<DefinitionStore>().FindSource(id) is not { } source || !caller.Sees(source.Value.ClientId)) return await show.NotFoundAsync(context, Id("Source mailing", id));
        var edited = source.Value with { Subject = form["subject"].ToString(), Html = Written(form["html"], source.Value.Html), Text = Written(form["text"], source.Value.Text) };
        if (form["do"] == "save")
        {
            if (!caller.May(OperatorRole.Admin)) return await show.FaultAsync(context, 403, "Not allowed", "Only an admin stores templates.");
            var result = await services.Need<DefinitionActions>().SaveAsync(caller, edited, form["reason"]);
            Screens.Say(context, result.Done, result.Text);
            if (result.Done) return Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/sources/{id}?row={form["row"]}"));
        }

        var row = int.TryParse(form["row"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var dryRun = form["do"] == "dry" ? services.Need<DryRunner>().Run(edited, services.Need<DefinitionStore>().FindClient(edited.ClientId)!.Value, DryRows) : null;
        return await services.Need<SourceEditor>().ShowAsync(context, show, source, edited, row, dryRun);
    }

    /// <summary>Browsers send line breaks as CRLF; a part that was only looked at must stay as it is.</summary>
    private static string? Written(string? text, string? before)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var plain = text.ReplaceLineEndings("\n");
        return before is not null && before.ReplaceLineEndings("\n") == plain ? before : plain;
    }
}
