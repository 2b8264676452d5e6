using ClosedLoop.Operations.Api;

namespace ClosedLoop.Silo.Operator;

/// <summary>Routes of the API about stations that the dashboard does not know: orders and accounts, connectors and profiles, people.</summary>
internal static class StationEndpoints
{
    public static void MapStations(this WebApplication app)
    {
        var api = app.MapStationApi();
        api.MapOptimoveApi();
        api.MapOrders();
        api.MapPost("/people/erase", PersonEndpoints.EraseAsync).NeedsAdmin();
        api.MapPost("/people/message", MessageEndpoint.Make);
        api.MapPost("/people/allow", PersonEndpoints.AllowAsync).NeedsAdmin();
    }
}
