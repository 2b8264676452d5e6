using ClosedLoop.Data.Access;
using ClosedLoop.Operations.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

/// <summary>Routes of the API that stand with the station they are about, and not here.</summary>
public static class StationRoutes
{
    /// <summary>A group below <c>/api/v1</c>: looking needs a viewer, acting an operator; what is done is written down, and a key that is bound to a client reaches only <c>/clients/{key}</c> of its own.</summary>
    public static RouteGroupBuilder MapStationApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.MapGroup("/api/v1").Needs(OperatorRole.Viewer).AddEndpointFilter(CodeFilter.InvokeAsync).AddEndpointFilter(IdempotencyFilter.InvokeAsync).AddEndpointFilter(StationFilter.InvokeAsync)
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(500);
    }

    /// <summary>A route that only an administrator may use.</summary>
    public static RouteHandlerBuilder NeedsAdmin(this RouteHandlerBuilder route) => route.Needs(OperatorRole.Admin);
}
