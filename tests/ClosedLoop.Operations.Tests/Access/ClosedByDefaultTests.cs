using System.Net;
using System.Text.RegularExpressions;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Tests.Access;

/// <summary>The list of routes is that of the running service: one that is added and forgets to say who may use it is refused, too.</summary>
[Collection(ServedCollection.Name)]
public sealed partial class ClosedByDefaultTests(ServedHere served)
{
    /// <summary>Routes that are open on the operator listener, each for a reason: signing in, the style of that page, probes, and figures for this machine.</summary>
    private static readonly string[] Open = ["/login", "/login/link", "/assets/{name}", "/healthz", "/readyz", "/startupz", "/metrics"];

    [Fact]
    public async Task Every_route_without_login_is_refused()
    {
        using var client = served.Client();
        var looked = 0;
        foreach (var (method, route, path) in Routes(ListenerKind.Operator).Where(route => !Open.Contains(route.Route)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await client.SendAsync(request);
            var isRefused = answer.StatusCode == HttpStatusCode.Unauthorized
                || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.AbsolutePath == "/login");
            Assert.True(isRefused, $"{method} {route} answered {(int)answer.StatusCode}");
            looked++;
        }

        Assert.InRange(looked, 70, 500);
    }

    [Fact]
    public void Only_these_routes_are_open()
    {
        var open = Endpoints().Where(endpoint => KindOf(endpoint) != ListenerKind.Public && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.RoutePattern.RawText!);
        Assert.Equal(Open.Order(StringComparer.Ordinal), open.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_tells_nothing_without_login()
    {
        using var client = served.Client();
        using var answer = await client.GetAsync(new Uri("/nowhere", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task The_public_listener_has_no_route_of_operators()
    {
        using var client = served.Client(served.CommandLineToken, isPublic: true);
        foreach (var (method, route, path) in Routes(ListenerKind.Operator))
        {
            if (route is "/healthz" or "/readyz" or "/startupz") continue;
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await client.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {route} answered {(int)answer.StatusCode} on the public listener");
        }
    }

    [Fact]
    public async Task The_operator_listener_has_no_route_of_the_public()
    {
        using var client = served.Client(served.CommandLineToken);
        foreach (var (method, route, path) in Routes(ListenerKind.Public))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await client.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {route} answered {(int)answer.StatusCode} on the operator listener");
        }
    }

    [Fact]
    public async Task Every_form_is_refused_without_the_token_of_its_page()
    {
        using var client = await served.SignedInAsync();
        var forms = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<FormPost>() is not null).ToList();
        Assert.InRange(forms.Count, 20, 100);
        foreach (var form in forms)
        {
            using var answer = await client.PostAsync(new Uri(PathOf(form), UriKind.Relative), new FormUrlEncodedContent([]));
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{form.RoutePattern.RawText} answered {(int)answer.StatusCode}");
            Assert.Contains("CL9502", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_session_changes_nothing_through_the_api()
    {
        using var client = await served.SignedInAsync();
        using var look = await client.GetAsync(new Uri("/api/v1/mailings", UriKind.Relative));
        using var act = await client.PostAsync(new Uri("/api/v1/clients/demo/poll", UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.OK, look.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, act.StatusCode);
    }

    private IEnumerable<(string Method, string Route, string Path)> Routes(ListenerKind kind)
    {
        foreach (var endpoint in Endpoints().Where(endpoint => KindOf(endpoint) == kind || KindOf(endpoint) == ListenerKind.Both))
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                if (kind == ListenerKind.Public && KindOf(endpoint) == ListenerKind.Both) continue;
                yield return (method, endpoint.RoutePattern.RawText!, PathOf(endpoint));
            }
        }
    }

    private IEnumerable<RouteEndpoint> Endpoints() => ((IEndpointRouteBuilder)served.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private static ListenerKind KindOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<OnListener>()?.Kind ?? ListenerKind.Operator;

    private static string PathOf(RouteEndpoint endpoint)
    {
        var path = Parameter().Replace(endpoint.RoutePattern.RawText!, "1");
        return path.StartsWith('/') ? path : "/" + path;
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
