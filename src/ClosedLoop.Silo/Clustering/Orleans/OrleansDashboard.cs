using ClosedLoop.Data.Access;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Silo.Configuration;
using Orleans.Dashboard;

namespace ClosedLoop.Silo.Clustering;

/// <summary>The dashboard of Orleans, which asks nobody who he is: all of it needs an administrator who is signed in.</summary>
internal static class OrleansDashboard
{
    private const string Path = "/orleans";

    public static void Map(WebApplication app, SiloSettings settings)
    {
        if (settings.Cluster.Dashboard) app.MapOrleansDashboard(Path).RequireAuthorization(nameof(OperatorRole.Admin)).WithMetadata(new OnListener(ListenerKind.Operator));
    }
}
