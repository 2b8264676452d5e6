using System.Globalization;
using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Orders;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Intake.Orders.Deliveries;
using ClosedLoop.Model.Orders;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Api;

namespace ClosedLoop.Silo.Operator;

/// <summary>Operations and deliveries of orders: the two queries of xml-delivery spec section 13, and what an operator does with drafts.</summary>
internal static class OrderEndpoints
{
    /// <summary>Most rows of one answer.</summary>
    private const int MostRows = 1000;

    public static void MapOrders(this RouteGroupBuilder api)
    {
        api.MapGet("/operations", Operations);
        api.MapGet("/operations/{id:long}", (long id, OperationStore operations, DeliveryStore deliveries, MailingStore mailings) =>
            operations.Find(id) is { } found ? Results.Ok(OperationDetail.Of(found, operations, deliveries, mailings)) : Missing(id));
        api.MapGet("/operations/{id:long}/transitions", (long id, OperationStore operations) =>
            operations.Find(id) is null ? Missing(id) : Results.Ok(operations.Transitions(id).Select(TransitionView.Of)));
        api.MapGet("/deliveries", Deliveries);
        api.MapPost("/deliveries/{id:long}/start", (HttpContext context, long id, DeliveryDesk desk, DeliveryStore deliveries, DefinitionStore definitions, IGrainFactory grains) =>
            ActAsync(id, number => desk.StartAsync(number, ApproverOf(context)), deliveries, definitions, grains));
        api.MapPost("/deliveries/{id:long}/schedule", (HttpContext context, long id, DateTimeOffset at, DeliveryDesk desk) => desk.ScheduleAsync(id, at, ApproverOf(context)));
        api.MapPost("/deliveries/{id:long}/duplicate", (long id, DeliveryDesk desk) => desk.DuplicateAsync(id));
        api.MapPost("/deliveries/{id:long}/delete", (long id, DeliveryDesk desk) => desk.DeleteAsync(id));
        api.MapPost("/deliveries/{id:long}/cancel", (long id, string? reason, DeliveryDesk desk) => desk.CancelAsync(id, reason ?? "operator"));
        api.MapPost("/clients/{key}/orders/poll", async (string key, IGrainFactory grains) =>
        {
            await grains.GetGrain<IOrderZoneGrain>(key).PollAsync();
            return new OperatorAnswer(Done: true, "the folder of orders was looked at");
        });
        AccountEndpoints.Map(api);
    }

    private static IResult Operations(long? client, string? status, int? offset, string? cursor, int? limit, OperationStore operations)
    {
        if (!ListCursor.TryRead(cursor, offset, out var skipped)) return ListCursor.Wrong();
        OperationStatus? only = null;
        if (status is not null)
        {
            if (!Enum.TryParse<OperationStatus>(status, ignoreCase: true, out var parsed)) return Results.Problem(statusCode: 400, title: $"CL6003: status '{status}'; expected LOADING, SUCCESS, ERROR or RECOVERED");
            only = parsed;
        }

        var most = Math.Clamp(limit ?? 100, 1, MostRows);
        var rows = operations.List(client ?? 0, only, skipped, most);
        return Results.Ok(new { total = operations.Count(client ?? 0, only), operations = rows.Select(OperationItem.Of), next = ListCursor.Next(skipped, rows.Count, most) });
    }

    private static IResult Deliveries(long? client, string? state, int? offset, string? cursor, int? limit, DeliveryStore deliveries, MailingStore mailings)
    {
        if (!ListCursor.TryRead(cursor, offset, out var skipped)) return ListCursor.Wrong();
        DeliveryState? only = null;
        if (state is not null)
        {
            if (!Enum.TryParse<DeliveryState>(state, ignoreCase: true, out var parsed)) return Results.Problem(statusCode: 400, title: $"CL6003: state '{state}'; expected ready, waiting, started, failed or interrupted");
            only = parsed;
        }

        var most = Math.Clamp(limit ?? 100, 1, MostRows);
        var rows = deliveries.List(client ?? 0, only, skipped, most);
        return Results.Ok(new { deliveries = rows.Select(row => DeliveryItem.Of(row, deliveries, mailings)), next = ListCursor.Next(skipped, rows.Count, most) });
    }

    private static Approver ApproverOf(HttpContext context)
    {
        var caller = Caller.Of(context);
        return new Approver(caller.Name, caller.Person, context.Request.Query["reason"]);
    }

    /// <summary>A decision of the operator is acted upon now, not at the poller's next second.</summary>
    private static async Task<OperatorAnswer> ActAsync(long id, Func<long, Task<OperatorAnswer>> act, DeliveryStore deliveries, DefinitionStore definitions, IGrainFactory grains)
    {
        var answer = await act(id);
        if (answer.Done && deliveries.Find(id) is { } row && definitions.FindClient(row.ClientId) is { } client) await grains.GetGrain<IOrderZoneGrain>(client.Value.Key).DriveAsync();
        return answer;
    }

    private static IResult Missing(long id) => Results.Problem(statusCode: 404, title: string.Create(CultureInfo.InvariantCulture, $"CL3401: operation {id} does not exist"));
}
