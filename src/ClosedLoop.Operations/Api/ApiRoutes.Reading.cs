using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Model;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private static void MapReading(RouteGroupBuilder api)
    {
        api.MapGet("/overview", async (HttpContext context, HeaderReader headers) => TypedResults.Ok(ApiShapes.Of(await headers.ReadAsync(Caller.Of(context).ClientId))))
            .Tells<ApiOverview>("How it stands, and what needs a person").WithTags("Overview");
        api.MapGet("/alarms", (HttpContext context, AlarmStore alarms, AlarmNoteStore notes, TimeProvider time) =>
        {
            var quiet = notes.At(time.NowMicroseconds());
            var caller = Caller.Of(context);
            return TypedResults.Ok<IReadOnlyList<ApiAlarm>>([.. alarms.All().Where(alarm => caller.ClientId is null || alarm.ClientId == caller.ClientId).Select(alarm => new ApiAlarm(
                alarm.Subject, alarm.Cause, alarm.Message, ApiShapes.At(alarm.Since), quiet.Any(note => note.Subject == alarm.Subject && note.Cause == alarm.Cause)))]);
        }).Tells<IReadOnlyList<ApiAlarm>>("What is wrong now").WithTags("Overview");
        api.MapPost("/alarms/snooze", (HttpContext context, AccessActions actions, string subject, string cause, double hours, string? reason) =>
            ApiAnswers.OfAsync(actions.SnoozeAsync(Caller.Of(context), subject, cause, hours, reason))).Acts("Shows an alarm quietly for some hours").WithTags("Overview");
        api.MapPost("/attention/acknowledge", (HttpContext context, AttentionActions actions, string item, string? reason) => ApiAnswers.OfAsync(actions.AcknowledgeAsync(Caller.Of(context), item, reason)))
            .Acts("Says of something that needs a person that somebody has seen it").WithTags("Overview");
        api.MapGet("/recipients", (HttpContext context, RecipientReader recipients, string q) => q.Length is 0 or > 320
            ? Problems.Of(400, "CL9508", "q has 1 to 320 characters: an address, a Message-ID, a recipient id or a return address")
            : TypedResults.Ok(ApiShapes.Of(recipients.Look(q, Caller.Of(context).ClientId)))).Tells<ApiRecipient>("Everything about one person").WithTags("Recipients");
        api.MapGet("/messages/{mailing:long}/{sequence:int}", (HttpContext context, RecipientReader recipients, long mailing, int sequence) =>
            recipients.Message(mailing, sequence, Caller.Of(context).ClientId) is { } story ? TypedResults.Ok(ApiShapes.Of(story)) : ApiAnswers.NoSuch("CL9509", "the message"))
            .Tells<ApiMessage>("One message, and why it is where it is").WithTags("Recipients");
        api.MapGet("/lanes", (HttpContext context, LaneStore lanes, DefinitionStore definitions, TimeProvider time) =>
        {
            var caller = Caller.Of(context);
            var keys = definitions.Clients().Where(client => caller.Sees(client.Value.Id)).Select(client => client.Value.Key).ToHashSet(StringComparer.Ordinal);
            var now = time.NowMicroseconds();
            return TypedResults.Ok<IReadOnlyList<ApiLane>>([.. lanes.All().Where(hold => hold.Until > now && keys.Contains(hold.Name.Split('/')[0]))
                .Select(hold => new ApiLane(hold.Name, ApiShapes.At(hold.Until), hold.Reason, hold.ByOperator))]);
        }).Tells<IReadOnlyList<ApiLane>>("Lanes that are held").WithTags("Delivery");
        api.MapGet("/lanes/queues", async (HttpContext context, DomainQueueReader queues) =>
        {
            var found = (await queues.ReadAsync(Caller.Of(context).ClientId)).Value;
            return TypedResults.Ok(new ApiQueues(
                [.. (found?.Lines ?? []).Select(line => new ApiQueue(
                    line.ClientKey, line.Domain, line.Ready, line.Delayed, ApiShapes.At(line.DelayedUntil), line.InFlight, line.Accepted, line.Temporary, line.Permanent, line.LastError, ApiShapes.At(line.WaitingSince),
                    line.Limit?.Limit, line.Limit?.SetBy))],
                found?.IsSampled ?? false, found is null));
        }).Tells<ApiQueues>("What waits for which domain, and what the domain said").WithTags("Delivery");
        api.MapGet("/lanes/limits", (HttpContext context, LaneLimitStore limits, DefinitionStore definitions, TimeProvider time) =>
        {
            var caller = Caller.Of(context);
            var clients = definitions.Clients().Where(client => caller.Sees(client.Value.Id)).ToList();
            return TypedResults.Ok<IReadOnlyList<ApiLaneRule>>([.. LaneRules.Of(limits.All(), key => clients.Exists(client => client.Value.Key == key), time.NowMicroseconds())
                .Concat(clients.SelectMany(client => LaneRules.Of(client.Value, client.Version))).Select(rule => new ApiLaneRule(rule.ClientKey, rule.Route, rule.Limit, rule.SetBy))]);
        }).Tells<IReadOnlyList<ApiLaneRule>>("Limits in force, and which rule set each").WithTags("Delivery");
        api.MapGet("/lanes/traces", (HttpContext context, TraceReader traces) => TypedResults.Ok<IReadOnlyList<ApiTrace>>([.. traces.Lately(Caller.Of(context).ClientId).Select(ApiTrace.Of)]))
            .Tells<IReadOnlyList<ApiTrace>>("Connections of the last day that were written down, newest first").WithTags("Delivery");
        api.MapGet("/responses/unmatched", (HttpContext context, ResponsesReader responses, int? limit) => TypedResults.Ok<IReadOnlyList<ApiReturnedMail>>(
            Caller.Of(context).ClientId is null ? [.. responses.Unmatched(Limit(limit)).Select(mail => new ApiReturnedMail(mail.Id, mail.Sender, mail.Subject, mail.Detail, mail.Size, ApiShapes.At(mail.ReceivedAt)))] : []))
            .Tells<IReadOnlyList<ApiReturnedMail>>("Mail that belongs to no known message").WithTags("Responses");
        api.MapGet("/exports", (HttpContext context, ExportsReader exports, DefinitionStore definitions, string? client, string? cursor, int? limit) =>
        {
            if (!Cursor.TryRead(cursor, out var before)) return ApiAnswers.BadCursor();
            var page = exports.Page(ClientId(context, definitions, client), before, Limit(limit));
            return TypedResults.Ok(new ApiPage<ApiExport>([.. page.Items.Select(ApiShapes.Of)], Cursor.Write(page.Next)));
        }).Tells<ApiPage<ApiExport>>("Export runs, newest first").WithTags("Exports");
        api.MapGet("/exports/{id:long}", (HttpContext context, ExportsReader exports, long id) => exports.Find(id) is { } line && Caller.Of(context).Sees(line.Run.ClientId)
            ? TypedResults.Ok(ApiShapes.Of(line))
            : ApiAnswers.NoSuch("CL7005", $"export run {id}")).Tells<ApiExport>("One export run").WithTags("Exports");
        api.MapPost("/exports/{id:long}/rebuild", (HttpContext context, ExportsReader exports, ClientActions actions, long id, CancellationToken cancellation) => exports.Find(id) is { } line
            ? ApiAnswers.OfAsync(actions.RebuildAsync(Caller.Of(context), line, cancellation))
            : Task.FromResult(ApiAnswers.NoSuch("CL7005", $"export run {id}"))).Acts("Writes a run's files again and compares them").WithTags("Exports");
        api.MapGet("/exports/{id:long}/compare/{other:long}", (HttpContext context, ExportsReader exports, long id, long other) =>
        {
            if (exports.Find(id) is not { } one || !Caller.Of(context).Sees(one.Run.ClientId)) return ApiAnswers.NoSuch("CL7005", $"export run {id}");
            if (exports.Find(other) is not { } two || two.Run.ClientId != one.Run.ClientId) return ApiAnswers.NoSuch("CL7005", $"export run {other} of the same client");
            var (earlier, later) = one.Run.CutTo <= two.Run.CutTo ? (one, two) : (two, one);
            return TypedResults.Ok<IReadOnlyList<ApiExportDifference>>([.. ExportDifference.Of(earlier, later).Select(file => new ApiExportDifference(file.Table, file.IsSame, ApiShapes.Of(file.One), ApiShapes.Of(file.Other), file.Rows, file.Bytes))]);
        }).Tells<IReadOnlyList<ApiExportDifference>>("Two export runs of one client beside each other").WithTags("Exports");
        api.MapPost("/exports/{id:long}/redeliver", (HttpContext context, ExportsReader exports, ClientActions actions, long id, string? reason, CancellationToken cancellation) => exports.Find(id) is { } line
            ? ApiAnswers.OfAsync(actions.RedeliverAsync(Caller.Of(context), line, reason, cancellation))
            : Task.FromResult(ApiAnswers.NoSuch("CL7005", $"export run {id}"))).Acts("Puts a published run's files back where the client fetches them").WithTags("Exports");
        api.MapGet("/audit", (HttpContext context, AuditStore audit, string? cursor, int? limit) =>
        {
            if (!Cursor.TryRead(cursor, out var before)) return ApiAnswers.BadCursor();
            var (most, caller) = (Limit(limit), Caller.Of(context));
            var read = audit.Before(before, most + 1).ToList();
            var page = Page<AuditEntry>.Of(read, most, entry => entry.Id);
            return TypedResults.Ok(new ApiPage<ApiAuditEntry>([.. page.Items.Where(entry => caller.ClientId is null || entry.ClientId == caller.ClientId).Select(ApiShapes.Of)], Cursor.Write(page.Next)));
        }).Tells<ApiPage<ApiAuditEntry>>("Who did what, newest first").WithTags("Audit");
    }
}
