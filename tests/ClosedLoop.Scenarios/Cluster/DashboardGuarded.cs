using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Testing.Servers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>Orleans' dashboard shows what grains hold, and asks nobody who he is.</summary>
public sealed class DashboardGuarded
{
    [PostgresFact]
    public async Task Every_route_is_refused_to_whoever_is_no_administrator()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false, server: await PostgresServer.SharedAsync());
        var settings = new SiloSettings
        {
            Data = installation.Data,
            Database = new() { Provider = Data.DatabaseKind.Postgres, ConnectionString = installation.ConnectionString },
            Http = new() { Listen = installation.Address },
            Operator = new() { Listen = installation.OperatorAddress },
            Sink = new() { Embedded = false, Port = installation.SinkPort },
            Cluster = new() { SiloPort = Ports.Free(), Dashboard = true },
        };
        await using var app = await SiloStart.RunAsync(settings, CancellationToken.None);
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/orleans", StringComparison.Ordinal))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (Method: new HttpMethod(method), Path: PathOf(endpoint.RoutePattern.RawText!))))
            .ToList();
        Assert.InRange(routes.Count, 10, 100);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(installation.OperatorAddress) };
        using var world = new HttpClient { BaseAddress = new Uri(installation.Address) };
        foreach (var (method, path) in routes)
        {
            Assert.Equal($"{method} {path} Unauthorized", $"{method} {path} {await StatusAsync(http, method, path, "guess")}");
            Assert.Contains(await StatusAsync(http, method, path, token: null), (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.Found]);
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(world, method, path, token: null));
        }

        using var access = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(installation.Data, "operator.json")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Get, "/orleans/DashboardCounters", access.RootElement.GetProperty("Token").GetString()));
        await app.StopAsync();
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>A path that the pattern matches.</summary>
    private static string PathOf(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]*\}", "1", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
