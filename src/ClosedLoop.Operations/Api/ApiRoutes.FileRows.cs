using ClosedLoop.Data.Clients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    /// <summary>A closer look at a file: its form, its rows, the one before it.</summary>
    private static void MapFileRows(RouteGroupBuilder api)
    {
        api.MapGet("/{id:long}/profile", (HttpContext context, FilesReader files, DefinitionStore definitions, long id) => files.Detail(id) is { } detail && Caller.Of(context).Sees(detail.Line.File.ClientId)
            ? TypedResults.Ok<IReadOnlyList<ApiProfileLine>>(
                [.. FileProfile.Of(detail, definitions.FindClient(detail.Line.File.ClientId)!.Value).Lines.Select(part => new ApiProfileLine(part.Name, part.Line.Agreed, part.Line.Found, part.Line.Fits))])
            : ApiAnswers.NoSuch("CL6002", $"file {id}")).Tells<IReadOnlyList<ApiProfileLine>>("How a file was read, against the contract").WithMetadata(new Tagged(TaggedKind.File));
        api.MapGet("/{id:long}/comparison", async (HttpContext context, FilesReader files, FileComparisonReader comparisons, long id) =>
        {
            if (files.Detail(id) is not { } detail || !Caller.Of(context).Sees(detail.Line.File.ClientId)) return ApiAnswers.NoSuch("CL6002", $"file {id}");
            if (detail.Previous is not { } before) return ApiAnswers.NoSuch("CL9509", $"a file before file {id}");
            var found = (await comparisons.CompareAsync(detail.Line.File, before)).Value;
            return TypedResults.Ok(new ApiComparison(
                before.FileId, found?.New, found?.Gone, found?.Sampled, [.. (found?.Columns ?? []).Select(change => new ApiColumnChange(change.Name, change.EmptyBefore, change.EmptyNow))], found is null));
        }).Tells<ApiComparison>("New and gone people, and changed columns, against the file before").WithMetadata(new Tagged(TaggedKind.File));
        api.MapGet("/{id:long}/rows/{row:long}", (HttpContext context, FilesReader files, FileRowsReader rows, RowBench bench, long id, long row) =>
        {
            if (!files.IsSeen(id, Caller.Of(context)) || rows.Find(id, row) is not { } found) return ApiAnswers.NoSuch("CL9509", $"row {row} of file {id}");
            var view = bench.Render(found);
            return TypedResults.Ok(new ApiFileRow(
                found.Row, found.Mailing.MailingId, found.Sequence, found.Address, found.Mailing.ContentHash is not null, view.Fault is null ? view.Subject : null, view.Html, view.Text, view.Fault));
        }).Tells<ApiFileRow>("An imported row as a mail").WithMetadata(new Tagged(TaggedKind.File));
        api.MapPost("/{id:long}/rows/{row:long}/replay", (HttpContext context, ReplayActions actions, long id, long row, int? rows, string? reason, CancellationToken cancellation) =>
            ApiAnswers.OfAsync(actions.RowsAsync(Caller.Of(context), id, row, rows ?? 1, reason, cancellation)))
            .Acts("Puts what rows become into the built-in sink, as a test").WithMetadata(new Tagged(TaggedKind.File));
        api.MapGet("/{id:long}/rows/first-empty", (HttpContext context, FilesReader files, FileRowsReader rows, long id, string column, long? from) => files.IsSeen(id, Caller.Of(context))
            ? TypedResults.Ok(Shape(rows.FirstEmpty(id, column, from ?? 1)))
            : ApiAnswers.NoSuch("CL6002", $"file {id}")).Tells<ApiEmptySearch>("The first imported row whose column is empty").WithMetadata(new Tagged(TaggedKind.File));
    }

    private static ApiEmptySearch Shape(EmptySearch search) => new(search.Row, search.Looked, search.IsWhole);
}
