using ClosedLoop.Data.Access;
using ClosedLoop.Grains;
using ClosedLoop.Operations.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

/// <summary>The operator API below <c>/api/v1</c>.</summary>
internal static partial class ApiRoutes
{
    /// <summary>Rows of a page unless asked for otherwise.</summary>
    private const int PageSize = 50;

    /// <summary>Most rows of a page.</summary>
    private const int MostRows = 500;

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json");
        var api = endpoints.MapGroup("/api/v1").AddEndpointFilter(CodeFilter.InvokeAsync).AddEndpointFilter(TagFilter.InvokeAsync).AddEndpointFilter(IdempotencyFilter.InvokeAsync)
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(500);
        MapReading(api);
        MapFiles(api.MapGroup("/files").WithTags("Files"));
        MapFileRows(api.MapGroup("/files").WithTags("Files"));
        MapMailings(api.MapGroup("/mailings").WithTags("Mailings"));
        MapResponses(api.MapGroup("/responses").WithTags("Responses"));
        MapSink(api.MapGroup("/sink").WithTags("Mail sink"));
        MapClients(api.MapGroup("/clients").WithTags("Clients"));
        MapSources(api.MapGroup("/sources").WithTags("Source mailings"));
        MapPeople(api.MapGroup("/recipients").WithTags("Recipients"));
        MapBulk(api.MapGroup("/bulk").WithTags("Bulk"));
        MapSystem(api.MapGroup("/system").WithTags("System"));
        MapAlerts(api.MapGroup("/alerts").WithTags("Alerts"));
        MapAccess(api);
    }

    /// <summary>A route that acts and says what was done.</summary>
    private static RouteHandlerBuilder Acts(this RouteHandlerBuilder route, string summary, OperatorRole role = OperatorRole.Operator) => route
        .Needs(role).WithSummary(summary).Produces<OperatorAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);

    private static RouteHandlerBuilder Tells<T>(this RouteHandlerBuilder route, string summary) => route.Needs(OperatorRole.Viewer).WithSummary(summary).Produces<T>().ProducesProblem(400).ProducesProblem(404);

    private static int Limit(int? limit) => Math.Clamp(limit ?? PageSize, 1, MostRows);
}
