using ClosedLoop.Data.Access;
using ClosedLoop.Data.Bulk;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Bulk;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private const int MostBulk = 1024 * 1024;

    private static void MapBulk(RouteGroupBuilder api)
    {
        api.MapGet("", (HttpContext context, BulkStore store, BulkDesk desk, string? cursor, int? limit) =>
        {
            if (!Cursor.TryRead(cursor, out var before)) return ApiAnswers.BadCursor();
            var page = Page<BulkJob>.Of([.. store.Before(before, Limit(limit) + 1)], Limit(limit), job => job.Id);
            return TypedResults.Ok(new ApiPage<ApiBulk>([.. page.Items.Where(job => desk.Sees(Caller.Of(context), job)).Select(job => Shape(store, job))], Cursor.Write(page.Next)));
        }).Tells<ApiPage<ApiBulk>>("Actions on many things, newest first");
        api.MapGet("/{id:long}", (HttpContext context, BulkStore store, BulkDesk desk, long id) => desk.Find(Caller.Of(context), id) is { } job
            ? TypedResults.Ok(Shape(store, job))
            : ApiAnswers.NoSuch("CL9509", $"job {id}")).Tells<ApiBulk>("How far one is");
        api.MapPost("", async (HttpContext context, BulkPlanner planner, BulkDesk desk, ApiNewBulk asked) =>
        {
            var (fault, plan) = planner.Plan(Caller.Of(context), asked.Kind, asked.Client, asked.Subjects ?? []);
            if (plan is null) return ApiAnswers.Of(fault!);
            if (asked.DryRun == true) return TypedResults.Ok(new ApiBulkStarted(null, plan.Subjects.Count, plan.People, plan.Refused, "nothing was done"));
            var (result, job) = await desk.StartAsync(Caller.Of(context), asked.Kind, asked.Client, asked.Subjects!, asked.Reason);
            return job is null ? ApiAnswers.Of(result) : TypedResults.Ok(new ApiBulkStarted(job, plan.Subjects.Count, plan.People, plan.Refused, result.Text));
        }).Needs(OperatorRole.Operator).WithSummary("Acts on many things, in the background").Produces<ApiBulkStarted>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).WithMetadata(new BodyLimit(MostBulk));
        api.MapPost("/{id:long}/stop", (HttpContext context, BulkDesk desk, long id) => ApiAnswers.OfAsync(desk.StopAsync(Caller.Of(context), id))).Acts("Ends a job; what was not begun stays as it is");
        api.MapPost("/{id:long}/undo", async (HttpContext context, BulkDesk desk, long id) => ApiAnswers.Of((await desk.UndoAsync(Caller.Of(context), id)).Result)).Acts("Takes back what a job has changed, as a job of its own");
    }

    private static ApiBulk Shape(BulkStore store, BulkJob job)
    {
        var counts = store.Counts(job.Id);
        long Of(BulkOutcome outcome) => counts.GetValueOrDefault(outcome);
        return new ApiBulk(
            job.Id, job.Kind, job.Client, job.Actor, job.Reason, BulkWording.State(job.State), job.Total, Of(BulkOutcome.Changed), Of(BulkOutcome.Unchanged), Of(BulkOutcome.Refused), Of(BulkOutcome.Begun), Of(BulkOutcome.Waiting),
            job.UndoOf, ApiShapes.At(job.CreatedAt), ApiShapes.At(job.FinishedAt));
    }
}
