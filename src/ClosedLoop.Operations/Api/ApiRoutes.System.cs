using ClosedLoop.Data.Access;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Notices;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Pages;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private static void MapSystem(RouteGroupBuilder api)
    {
        api.MapGet("", async Task<IResult> (HttpContext context, SystemReader system) => Caller.Of(context) is { ClientId: null } caller ? TypedResults.Ok(Shape(await system.ReadAsync(), caller)) : Problems.Forbidden)
            .Tells<ApiSystem>("The process and its installation; settings are told to admins");
        api.MapGet("/licences", (OperationsOptions options) => TypedResults.Ok<IReadOnlyList<ApiLicence>>([.. options.Licences.Select(line => new ApiLicence(line.Name, line.Version, line.Licence, line.Copyright))]))
            .Tells<IReadOnlyList<ApiLicence>>("Packages of others that are part of the program, with their licences");
        api.MapPost("/drain", (HttpContext context, SystemActions actions, string? reason) => ApiAnswers.OfAsync(actions.DrainAsync(Caller.Of(context), reason))).Acts("Takes no work up any more and ends what is begun");
        api.MapPost("/resume", (HttpContext context, SystemActions actions, string? reason) => ApiAnswers.OfAsync(actions.ResumeAsync(Caller.Of(context), reason))).Acts("Takes work up again");
        api.MapPost("/keys/rotate", (HttpContext context, SystemActions actions, string? reason) => ApiAnswers.OfAsync(actions.RotateAsync(Caller.Of(context), reason)))
            .Acts("Makes a key for links that signs from the next start on", OperatorRole.Admin);
        api.MapPost("/bundle", async (HttpContext context, SystemActions actions, TimeProvider time) => await actions.BundleAsync(Caller.Of(context)) is var (result, archive) && archive is not null ? ScreenRoutes.Archive(archive, time) : ApiAnswers.Of(result))
            .Needs(OperatorRole.Admin).WithSummary("Makes a support bundle (zip) without secrets and addresses").Produces(200, contentType: "application/zip");
    }

    private static void MapAlerts(RouteGroupBuilder api)
    {
        api.MapGet("/rules", (HttpContext context, IAlertRules rules, AlarmStore alarms) =>
        {
            var (caller, checks) = (Caller.Of(context), alarms.Checks());
            var raised = alarms.All().Where(alarm => caller.ClientId is null || alarm.ClientId == caller.ClientId).ToList();
            return TypedResults.Ok<IReadOnlyList<ApiAlertRule>>([.. rules.All().Select(rule => new ApiAlertRule(
                rule.Scope, rule.Causes, rule.What, rule.Setting, checks.FirstOrDefault(check => check.Name == rule.Scope) is { } check ? ApiShapes.At(check.CheckedAt) : null, raised.Count(alarm => rule.Causes.Contains(alarm.Cause, StringComparer.Ordinal))))]);
        }).Tells<IReadOnlyList<ApiAlertRule>>("What raises alarms, and how many are raised");
        api.MapGet("/mail", (HttpContext context, NoticeLog log, string? cursor, int? limit) =>
        {
            if (!Cursor.TryRead(cursor, out var before)) return ApiAnswers.BadCursor();
            var page = Page<NoticeLine>.Of([.. log.Before(before, Limit(limit) + 1, Caller.Of(context).ClientId)], Limit(limit), line => line.NoticeId);
            return TypedResults.Ok(new ApiPage<ApiNotice>([.. page.Items.Select(line => new ApiNotice(
                line.NoticeId, line.Cause, line.Address, line.Subject, line.State switch { NoticeState.Sent => "sent", NoticeState.GivenUp => "givenUp", _ => "waiting" }, line.Attempt, ApiShapes.At(line.CreatedAt), line.Reason))], Cursor.Write(page.Next)));
        }).Tells<ApiPage<ApiNotice>>("Mail to people, newest first");
        api.MapPost("/test", (HttpContext context, AlertActions actions, string client, string? reason, CancellationToken cancellation) =>
            ApiAnswers.OfAsync(actions.TestAsync(Caller.Of(context), client, reason, cancellation))).Acts("Mails a test alarm to whoever a client's alarms go to, and says what the relay said");
    }

    private static ApiSystem Shape(SystemModel system, Caller caller) => new(
        system.Facts.First(fact => fact.Name == "Version").Value, system.Facts.ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal), Shape(system.Processes),
        system.Clock is { } clock ? new ApiClock(clock.Ahead.TotalSeconds, clock.Trip.TotalSeconds / 2, clock.IsOff) : null,
        new ApiDrain(system.Drain is not null, system.Drain is not null && system.Working.Count == 0, system.Drain is { } drain ? ApiShapes.At(drain.Since) : null, system.Drain?.By, system.Drain?.Reason, system.Working),
        [.. system.Points.Select(point => new ApiMachinePoint(ApiShapes.At(point.At), point.Processor, point.Resident, point.Heap, point.Paused, point.Lag.TotalMilliseconds, point.Queued))],
        [.. system.Keys.Select(key => new ApiKeyFile(key.Name, key.Use, key.State, key.Since))],
        caller.May(OperatorRole.Admin) ? [.. system.Settings.Select(setting => new ApiSetting(setting.Key, setting.Value, setting.Source))] : null);

    private static ApiProcesses Shape(ProcessList list) => new(list.Answering, list.Expected, list.Shortfall, list.Fault, list.At, [.. list.Processes.Select(process => new ApiProcess(
        process.Name, process.Host, process.Address, process.Roles, process.Version, process.Since, process.SeenAt, ApiShapes.Name(process.State), process.IsThis))]);
}
