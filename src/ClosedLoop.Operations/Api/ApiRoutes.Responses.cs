using ClosedLoop.Data.Access;
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
        api.MapGet("/returned/{id:long}", (HttpContext context, ReturnedReader responses, long id) => Caller.Of(context).ClientId is null && responses.Find(id) is { } mail
            ? TypedResults.Ok(new ApiReturned(
                mail.Id, mail.Source, ApiShapes.Name(mail.Outcome), responses.MeaningOf(mail), mail.MailingId, mail.Sequence, mail.Sender, mail.Recipient, mail.Subject, mail.Detail, mail.Size, mail.Path is not null, ApiShapes.At(mail.ReceivedAt)))
            : ApiAnswers.NoSuch("CL9509", $"mail {id}")).Tells<ApiReturned>("A mail that came back");
        api.MapGet("/returned/{id:long}/case", (HttpContext context, ReturnedReader responses, long id, string? @as) => Caller.Of(context).ClientId is null && responses.Case(id, @as) is { } archive
            ? Results.File(archive, "application/zip", FormattableString.Invariant($"case-{id}.zip"))
            : ApiAnswers.NoSuch("CL9509", $"mail {id}, or its octets, or the reading,")).Needs(OperatorRole.Operator).WithSummary("A mail that came back as a test case of the classifier (zip)").Produces(200, contentType: "application/zip").ProducesProblem(404);
        api.MapPost("/unmatched/{id:long}/bind", (HttpContext context, ResponseActions actions, long id, ApiBinding body) =>
            ApiAnswers.OfAsync(actions.AssignAsync(Caller.Of(context), id, body.Message, body.As, body.Reason))).Acts("Binds a mail to the message it is about");
        api.MapPost("/{mailing:long}/{sequence:int}/{ordinal:int}/classify", (HttpContext context, ResponseActions actions, long mailing, int sequence, int ordinal, ApiReading body) =>
            ApiAnswers.OfAsync(actions.ReclassifyAsync(Caller.Of(context), mailing, sequence, ordinal, body.As, body.Reason))).Acts("Reads a response otherwise; counters and suppression follow");
    }
}
