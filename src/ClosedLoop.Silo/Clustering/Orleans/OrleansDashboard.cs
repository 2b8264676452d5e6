using System.Text;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Operator;
using Orleans.Dashboard;

namespace ClosedLoop.Silo.Clustering;

/// <summary>
/// The dashboard of Orleans, which asks nobody who he is: every route of it is behind the operator's token, as a bearer token or as the password of a browser's question.
/// </summary>
internal static class OrleansDashboard
{
    private const string Path = "/operator/orleans";

    public static void Map(WebApplication app, SiloSettings settings)
    {
        if (!settings.Cluster.Dashboard) return;
        app.MapOrleansDashboard(Path).AddEndpointFilter(async (context, next) =>
        {
            if (OperatorAccess.Read(settings) is { } access && access.Allows(Credentials(context.HttpContext.Request.Headers.Authorization))) return await next(context);
            context.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"closedloop operator\", charset=\"UTF-8\"";
            return Results.Text("CL6001: the operator's token is wanted: Token in operator.json of the data folder, as password of any user.", statusCode: StatusCodes.Status401Unauthorized);
        });
    }

    /// <summary>What a command would send: a browser sends the token as password.</summary>
    private static string? Credentials(string? header)
    {
        if (header is null || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return header;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..], bytes, out var length)) return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return "Bearer " + pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
