using ClosedLoop.Data.Access;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    /// <summary>What the law lets a person ask for.</summary>
    private static void MapPeople(RouteGroupBuilder api)
    {
        api.MapPost("/export", async (HttpContext context, PersonActions actions, ApiPersonRequest body) => File(await actions.ExportAsync(Caller.Of(context), body.Address, body.Client)))
            .Needs(OperatorRole.Operator).WithSummary("Everything known of a person, as JSON of the schema closedloop.person/v1").Produces<object>().ProducesProblem(400).ProducesProblem(404);
        api.MapPost("/erase", async (HttpContext context, PersonActions actions, ApiPersonRequest body, CancellationToken cancellation) =>
            File(await actions.EraseAsync(Caller.Of(context), body.Address, body.Client, body.Reason, cancellation)))
            .Needs(OperatorRole.Admin).WithSummary("Erases a person; answers with the signed certificate").Produces<object>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static IResult File((ActionResult Result, byte[]? File) done) => done.File is null ? ApiAnswers.Of(done.Result) : Results.Bytes(done.File, "application/json");
}
