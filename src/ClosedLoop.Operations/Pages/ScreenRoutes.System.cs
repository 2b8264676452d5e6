using System.Globalization;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Pages;

/// <summary>The service itself, its alarms and its connections, with what can be done to them.</summary>
internal static partial class ScreenRoutes
{
    public static void MapSystemScreens(this IEndpointRouteBuilder endpoints)
    {
        var screens = endpoints.MapGroup("").ExcludeFromDescription();
        screens.MapGet("/system", SystemAsync);
        screens.MapGet("/alerts", AlertsAsync);
        screens.MapGet("/audit", AuditAsync);
        screens.MapGet("/connectors", ConnectorsAsync);
        screens.MapGet("/connectors/{name}", ConnectorAsync);
        endpoints.MapAction("/system/drain", OperatorRole.Operator, (context, form) => context.RequestServices.Need<SystemActions>().DrainAsync(Caller.Of(context), form["reason"]));
        endpoints.MapAction("/system/resume", OperatorRole.Operator, (context, form) => context.RequestServices.Need<SystemActions>().ResumeAsync(Caller.Of(context), form["reason"]));
        endpoints.MapAction("/system/rotate", OperatorRole.Admin, (context, form) => context.RequestServices.Need<SystemActions>().RotateAsync(Caller.Of(context), form["reason"]));
        endpoints.MapForm("/system/bundle", OperatorRole.Admin, async (context, _) => await context.RequestServices.Need<SystemActions>().BundleAsync(Caller.Of(context)) is (_, { } archive)
            ? Archive(archive, context.RequestServices.Need<TimeProvider>())
            : await context.RequestServices.Need<Screens>().FaultAsync(context, 403, "Not allowed", "The bundle is about the installation as a whole."));
        endpoints.MapAction("/alerts/test", OperatorRole.Operator, (context, form) => context.RequestServices.Need<AlertActions>().TestAsync(Caller.Of(context), form["client"].ToString(), form["reason"], context.RequestAborted));
        MapConnectorForms(endpoints);
    }

    private static void MapConnectorForms(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAction("/connectors/register", OperatorRole.Operator, (context, form) => On(context).RegisterAsync(Caller.Of(context), form["name"].ToString(), form["reason"]));
        endpoints.MapAction("/connectors/cleanup", OperatorRole.Operator, (context, form) => On(context).CleanUpAsync(Caller.Of(context), form["name"].ToString(), dryRun: false, form["reason"]));
        endpoints.MapAction("/connectors/cleanup/plan", OperatorRole.Operator, (context, form) => On(context).CleanUpAsync(Caller.Of(context), form["name"].ToString(), dryRun: true, null));
        endpoints.MapAction("/connectors/replay", OperatorRole.Operator, (context, form) => On(context).ReplayAsync(Caller.Of(context), form["name"].ToString(), form["what"].ToString(), form["reason"]));
        endpoints.MapAction("/connectors/drop", OperatorRole.Operator, (context, form) => On(context).DropAsync(Caller.Of(context), form["name"].ToString(), form["reason"]));

        static ConnectorActions On(HttpContext context) => context.RequestServices.Need<ConnectorActions>();
    }

    /// <summary>The archive under a name that tells when it was made.</summary>
    public static IResult Archive(byte[] archive, TimeProvider time) =>
        Results.File(archive, "application/zip", $"closedloop-support-{time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}.zip");

    private static async Task<IResult> SystemAsync(HttpContext context, Screens show, SystemReader system) =>
        await show.ShowAsync<SystemPage>(context, "System", "system", await system.ReadAsync(), "closedloop status", "/api/v1/system");

    private static Task<IResult> AlertsAsync(
        HttpContext context, Screens show, IAlertRules rules, AlarmStore alarms, AlarmNoteStore notes, NoticeLog log, DefinitionStore definitions, TimeProvider time, long? before)
    {
        var caller = Caller.Of(context);
        var mail = Page<NoticeLine>.Of([.. log.Before(before ?? long.MaxValue, PageSize + 1, caller.ClientId)], PageSize, line => line.NoticeId);
        return show.ShowAsync<AlertsPage>(context, "Alerts", "audit", new AlertsModel(
            rules.All(), rules.IntervalSeconds, [.. alarms.All().Where(alarm => caller.ClientId is null || alarm.ClientId == caller.ClientId)], notes.At(time.NowMicroseconds()), alarms.Checks(),
            [.. definitions.Clients().Where(client => caller.Sees(client.Value.Id)).Select(client => (client.Value.Key, client.Value.Notify.AlarmsTo()))], mail.Items, mail.Next, before), "closedloop status", "/api/v1/alerts/rules");
    }

    private static Task<IResult> AuditAsync(HttpContext context, Screens show, AuditStore audit, long? before)
    {
        var caller = Caller.Of(context);
        var entries = audit.Before(before ?? long.MaxValue, PageSize + 1).Where(entry => caller.ClientId is null || entry.ClientId == caller.ClientId).ToList();
        var more = entries.Count > PageSize;
        return show.ShowAsync<AuditPage>(context, "Audit", "audit", new AuditModel([.. entries.Take(PageSize)], more ? entries[PageSize - 1].Id : null, before), null, "/api/v1/audit");
    }

    private static async Task<IResult> ConnectorsAsync(HttpContext context, Screens show, IConnectors connectors, ZonesReader zones, Figures figures)
    {
        var traffic = await figures.GetAsync("traffic", () => connectors.All().ToDictionary(line => line.Name, line => connectors.Find(line.Name)?.Hours ?? [], StringComparer.Ordinal) as IReadOnlyDictionary<string, IReadOnlyList<TrafficHour>>, MailingsReader.Patience);
        return await show.ShowAsync<ConnectorsPage>(
            context, "Connectors", "connectors", new ConnectorsModel(connectors.All(), await zones.AllAsync(Caller.Of(context).ClientId), traffic.Value), "closedloop optimove status", "/api/v1/optimove");
    }

    private static Task<IResult> ConnectorAsync(HttpContext context, Screens show, IConnectors connectors, AuditStore audit, string name) =>
        Caller.Of(context).ClientId is null && connectors.Find(name) is { } detail
            ? show.ShowAsync<ConnectorPage>(context, $"Connector {name}", "connectors", new ConnectorModel(detail, audit.Of("connector/" + name, 20)), $"closedloop optimove status --client {name}", $"/api/v1/clients/{name}/optimove")
            : show.NotFoundAsync(context, $"Connector {name}");
}
