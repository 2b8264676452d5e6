using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private static void MapFiles(RouteGroupBuilder api)
    {
        api.MapGet("", (HttpContext context, FilesReader files, DefinitionStore definitions, string? client, string? state, string? search, string? cursor, int? limit) =>
        {
            if (!Cursor.TryRead(cursor, out var before)) return ApiAnswers.BadCursor();
            var page = files.Page(new FileFilter(ClientId(context, definitions, client), Enum.TryParse<FileState>(state, ignoreCase: true, out var wanted) ? wanted : null, search), before, Limit(limit));
            return TypedResults.Ok(new ApiPage<ApiFile>([.. page.Items.Select(ApiShapes.Of)], Cursor.Write(page.Next)));
        }).Tells<ApiPage<ApiFile>>("Files, newest first");
        api.MapGet("/{id:long}", async (HttpContext context, FilesReader files, MailingsReader mailings, long id) =>
        {
            if (files.Detail(id) is not { } detail || !Caller.Of(context).Sees(detail.Line.File.ClientId)) return ApiAnswers.NoSuch("CL6002", $"file {id}");
            return TypedResults.Ok(ApiShapes.Of(detail, await mailings.OfFileAsync(id)));
        }).Tells<ApiFileDetail>("One file with what was found in it").WithMetadata(new Tagged(TaggedKind.File));
        api.MapGet("/arrivals", async (HttpContext context, ArrivalReader arrivals, DefinitionStore definitions, string? client) => TypedResults.Ok<IReadOnlyList<ApiArrival>>(
            [.. ((await arrivals.ReadAsync(ClientId(context, definitions, client))).Value?.Points ?? []).Select(point => new ApiArrival(ApiShapes.At(point.At), point.Files, point.Refused, point.Rows))]))
            .Tells<IReadOnlyList<ApiArrival>>("Files by hour of the last two days; empty while they are being counted");
        api.MapPost("/{id:long}/retry", (HttpContext context, FileActions actions, long id, string? reason) => ApiAnswers.OfAsync(actions.RetryAsync(Caller.Of(context), id, reason)))
            .Acts("Takes a failed file up again").WithMetadata(new Tagged(TaggedKind.File));
        api.MapPost("/{id:long}/approve", (HttpContext context, FileActions actions, long id, string? reason) => ApiAnswers.OfAsync(actions.ApproveAsync(Caller.Of(context), id, reason)))
            .Acts("Lets a file go on that waits because it crosses a guard rail").WithMetadata(new Tagged(TaggedKind.File));
        api.MapPost("/{id:long}/discard", (HttpContext context, FileActions actions, long id, string? reason, bool? tell) =>
            ApiAnswers.OfAsync(tell is true ? actions.RejectAsync(Caller.Of(context), id, reason) : actions.DiscardAsync(Caller.Of(context), id, reason)))
            .Acts("Gives a file up that failed or waits for approval; its folder goes on. With tell those who sent it get the reason by mail").WithMetadata(new Tagged(TaggedKind.File));
        api.MapPost("/{id:long}/replace", (HttpContext context, FileActions actions, long id, string path, string? reason) => ApiAnswers.OfAsync(actions.ReplaceAsync(Caller.Of(context), id, path, reason)))
            .Acts("Puts a corrected file on the service's machine in the place of one that failed or waits for approval").WithMetadata(new Tagged(TaggedKind.File));
    }
}
