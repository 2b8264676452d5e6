using System.Globalization;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Clients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Pages;

/// <summary>Export runs: the list, one of them, two beside each other, and what can be done to one.</summary>
internal static partial class ScreenRoutes
{
    /// <summary>Runs that one is offered to be compared with.</summary>
    private const int Comparable = 30;

    public static void MapExportScreens(this IEndpointRouteBuilder endpoints)
    {
        var screens = endpoints.MapGroup("").ExcludeFromDescription();
        screens.MapGet("/exports", ExportsAsync);
        screens.MapGet("/exports/{id:long}", ExportAsync);
        screens.MapGet("/exports/{id:long}/compare", CompareAsync);
        endpoints.MapAction("/exports/{id:long}/rebuild", OperatorRole.Operator, (context, _) => OnRunAsync(context, (actions, run) => actions.RebuildAsync(Caller.Of(context), run, context.RequestAborted)));
        endpoints.MapAction("/exports/{id:long}/redeliver", OperatorRole.Operator, (context, form) =>
            OnRunAsync(context, (actions, run) => actions.RedeliverAsync(Caller.Of(context), run, form["reason"], context.RequestAborted)));
    }

    private static Task<ActionResult> OnRunAsync(HttpContext context, Func<ClientActions, ExportLine, Task<ActionResult>> act) =>
        context.RequestServices.Need<ExportsReader>().Find(long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture)) is { } run
            ? act(context.RequestServices.Need<ClientActions>(), run)
            : Task.FromResult(ActionResult.NotFound("CL7005", "the run does not exist"));

    private static Task<IResult> ExportsAsync(HttpContext context, Screens show, ExportsReader exports, DefinitionStore definitions, IExportControl control, long? before)
    {
        var caller = Caller.Of(context);
        var clients = definitions.Clients().Where(client => caller.Sees(client.Value.Id)).Select(client => (client.Value.Key, control.NextCut(client.Value))).ToList();
        return show.ShowAsync<ExportsPage>(context, "Exports", "exports", new ExportsModel(exports.Page(caller.ClientId, before ?? long.MaxValue, PageSize), before, clients), "closedloop exports ls", "/api/v1/exports");
    }

    private static Task<IResult> ExportAsync(HttpContext context, Screens show, ExportsReader exports, IExportControl control, DefinitionStore definitions, AuditStore audit, long id)
    {
        if (exports.Find(id) is not { } line || !Caller.Of(context).Sees(line.Run.ClientId)) return show.NotFoundAsync(context, Id("Export run", id));
        var client = definitions.FindClient(line.Run.ClientId)!.Value;
        return show.ShowAsync<ExportPage>(context, $"Export {line.Run.Label}", "exports", new ExportModel(
            line, control.PlaceOf(client, line.Files.Select(file => file.Name)), [.. exports.Page(client.Id, long.MaxValue, Comparable).Items.Where(other => other.Run.Published && other.Run.RunId != id)],
            audit.Of(Id("export/", id), 20)), $"closedloop exports show {id.ToString(CultureInfo.InvariantCulture)}", Id("/api/v1/exports/", id));
    }

    private static Task<IResult> CompareAsync(HttpContext context, Screens show, ExportsReader exports, long id, long with)
    {
        var caller = Caller.Of(context);
        if (exports.Find(id) is not { } one || !caller.Sees(one.Run.ClientId)) return show.NotFoundAsync(context, Id("Export run", id));
        if (exports.Find(with) is not { } other || other.Run.ClientId != one.Run.ClientId) return show.NotFoundAsync(context, Id("Export run", with) + " of the same client");
        var (earlier, later) = one.Run.CutTo <= other.Run.CutTo ? (one, other) : (other, one);
        return show.ShowAsync<ComparePage>(context, $"{earlier.Run.Label} and {later.Run.Label}", "exports", new CompareModel(earlier, later, ExportDifference.Of(earlier, later)), null, Id("/api/v1/exports/", id) + "/compare/" + with.ToString(CultureInfo.InvariantCulture));
    }
}
