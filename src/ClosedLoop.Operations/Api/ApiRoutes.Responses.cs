using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private static void MapSink(RouteGroupBuilder api) => api.MapPost("/{number:long}/act", (HttpContext context, SinkActions actions, long number, string deed, string? reason, CancellationToken cancellation) =>
        ApiAnswers.OfAsync(actions.ActAsync(Caller.Of(context), number, deed, reason, cancellation))).Acts("Does with a mail in the built-in sink what its recipient might do: open, click, bounce, out-of-office, spam");

    private static void MapResponses(RouteGroupBuilder api)
    {
        api.MapGet("", (HttpContext context, ResponsesReader responses, string? cursor, int? limit) =>
        {
            if (!ListCursor.TryRead(cursor, offset: null, out var skipped)) return ApiAnswers.BadCursor();
            var lines = responses.Latest(Caller.Of(context).ClientId, Limit(limit), skipped);
            return TypedResults.Ok(new ApiPage<ApiResponse>(
                [.. lines.Select(line => new ApiResponse(line.MailingId, line.Sequence, line.Ordinal, line.Address, Wording.Category(line.Category), line.Origin, line.Detail, ApiShapes.At(line.At)))],
                ListCursor.Next(skipped, lines.Count, Limit(limit))));
        }).Tells<ApiPage<ApiResponse>>("What came back, newest first");
        api.MapPost("/unmatched/{id:long}/bind", (HttpContext context, ResponseActions actions, long id, ApiBinding body) =>
            ApiAnswers.OfAsync(actions.AssignAsync(Caller.Of(context), id, body.Message, body.As, body.Reason))).Acts("Binds a mail to the message it is about");
        api.MapPost("/{mailing:long}/{sequence:int}/{ordinal:int}/classify", (HttpContext context, ResponseActions actions, long mailing, int sequence, int ordinal, ApiReading body) =>
            ApiAnswers.OfAsync(actions.ReclassifyAsync(Caller.Of(context), mailing, sequence, ordinal, body.As, body.Reason))).Acts("Reads a response otherwise; counters and suppression follow");
    }
}
