using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private static void MapResponses(RouteGroupBuilder api)
    {
        api.MapGet("", (HttpContext context, ResponsesReader responses, int? limit) => TypedResults.Ok<IReadOnlyList<ApiResponse>>(
            [.. responses.Latest(Caller.Of(context).ClientId, Limit(limit)).Select(line => new ApiResponse(
                line.MailingId, line.Sequence, line.Ordinal, line.Address, Wording.Category(line.Category), line.Origin, line.Detail, ApiShapes.At(line.At)))])).Tells<IReadOnlyList<ApiResponse>>("What came back, newest first");
        api.MapPost("/unmatched/{id:long}/bind", (HttpContext context, ResponseActions actions, long id, ApiBinding body) =>
            ApiAnswers.OfAsync(actions.AssignAsync(Caller.Of(context), id, body.Message, body.As, body.Reason))).Acts("Binds a mail to the message it is about");
        api.MapPost("/{mailing:long}/{sequence:int}/{ordinal:int}/classify", (HttpContext context, ResponseActions actions, long mailing, int sequence, int ordinal, ApiReading body) =>
            ApiAnswers.OfAsync(actions.ReclassifyAsync(Caller.Of(context), mailing, sequence, ordinal, body.As, body.Reason))).Acts("Reads a response otherwise; counters and suppression follow");
    }
}
