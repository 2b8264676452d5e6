using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Tests.Api;

/// <summary>What docs/api.md promises of the API as a whole, asked of every route of the running service.</summary>
[Collection(ServedCollection.Name)]
public sealed partial class EveryRouteTests(ServedHere served)
{
    /// <summary>Routes that tag what they are about.</summary>
    private static readonly string[] TaggedRoots = ["/api/v1/files/{id", "/api/v1/mailings/{id", "/api/v1/sources/{id"];

    [Fact]
    public async Task The_description_names_every_route_and_no_other()
    {
        var described = (await DescribedAsync()).Select(found => $"{found.Method} {found.Path}").Order(StringComparer.Ordinal);
        var mapped = Routes().SelectMany(route => Methods(route).Select(method => $"{method} {Constraint().Replace(route.RoutePattern.RawText!, "}").TrimEnd('/')}")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(mapped, described);
        Assert.InRange(described.Count(), 60, 300);
    }

    [Fact]
    public async Task Every_refusal_is_a_problem_with_a_code_that_the_page_of_errors_explains()
    {
        var explained = Row().Matches(await File.ReadAllTextAsync(Repository.PathOf("docs", "errors.md"))).Select(match => match.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);
        using var admin = served.Client(served.CommandLineToken);
        var (faults, refused) = (new List<string>(), 0);
        foreach (var (method, path, query, body) in await DescribedAsync())
        {
            // Of what does not exist, without a value that is needed, and with a body that is none.
            foreach (var (address, sent) in new[] { (Fill(path) + query, body), (Fill(path), null), (Fill(path) + query, body is null ? null : "nonsense") })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                if (sent is not null) request.Content = new StringContent(sent, Encoding.UTF8, "application/json");
                using var answer = await admin.SendAsync(request);
                if ((int)answer.StatusCode < 400) continue;
                refused++;
                if ((int)answer.StatusCode >= 500) faults.Add($"{method} {address} {(int)answer.StatusCode}");
                if (await FaultAsync(answer, explained) is { } fault) faults.Add($"{method} {address} {(int)answer.StatusCode}: {fault}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(refused, 80, 1000);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", 404)]
    [InlineData("DELETE", "/api/v1/files", 405)]
    [InlineData("POST", "/api/v1/access/users", 415)]
    public async Task What_no_route_takes_is_a_problem_with_a_code_too(string method, string path, int status)
    {
        using var admin = served.Client(served.CommandLineToken);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (status == 415) request.Content = new StringContent("x", Encoding.UTF8, "text/plain");
        using var answer = await admin.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Null(await FaultAsync(answer, explained: null));
    }

    [Fact]
    public async Task Every_action_looks_at_the_idempotency_key()
    {
        using var admin = served.Client(served.CommandLineToken);
        var actions = (await DescribedAsync()).Where(found => found.Method != "GET").ToList();
        foreach (var (method, path, query, body) in actions)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Fill(path) + query);
            request.Headers.Add(IdempotencyFilter.Header, new string('k', 201));
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await admin.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(text.Contains("CL9506", StringComparison.Ordinal), $"{method} {path} does not look at {IdempotencyFilter.Header}: {text}");
        }

        Assert.InRange(actions.Count, 35, 200);
    }

    [Fact]
    public void Every_route_about_a_thing_with_a_state_tags_it()
    {
        var routes = Routes().Where(route => TaggedRoots.Any(root => route.RoutePattern.RawText!.StartsWith(root, StringComparison.Ordinal))).ToList();
        Assert.InRange(routes.Count, 12, 100);
        Assert.All(routes, route => Assert.True(route.Metadata.GetMetadata<Tagged>() is not null, route.RoutePattern.RawText));
    }

    [Fact]
    public async Task Every_list_that_can_be_long_is_read_by_cursor()
    {
        using var admin = served.Client(served.CommandLineToken);
        var lists = (await DescribedParametersAsync()).Where(found => found.Names.Contains("limit", StringComparer.Ordinal) && found.Path != "/api/v1/responses/unmatched").Select(found => found.Path).ToList();
        foreach (var list in lists)
        {
            using var wrong = await admin.GetAsync(new Uri(list + "?cursor=nonsense", UriKind.Relative));
            Assert.True(wrong.StatusCode == HttpStatusCode.BadRequest && (await wrong.Content.ReadAsStringAsync()).Contains("CL9508", StringComparison.Ordinal), list);
            using var first = JsonDocument.Parse(await admin.GetStringAsync(new Uri(list + "?limit=1", UriKind.Relative)));
            Assert.True(first.RootElement.TryGetProperty("next", out _) || first.RootElement.EnumerateObject().Any(), list);
        }

        Assert.Equal(["/api/v1/alerts/mail", "/api/v1/audit", "/api/v1/bulk", "/api/v1/deliveries", "/api/v1/exports", "/api/v1/files", "/api/v1/mailings", "/api/v1/operations", "/api/v1/responses"], lists.Order(StringComparer.Ordinal));
    }

    private static async Task<string?> FaultAsync(HttpResponseMessage answer, HashSet<string>? explained)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return $"is {answer.Content.Headers.ContentType}";
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var root = problem.RootElement;
        if (!root.TryGetProperty("code", out var code)) return "has no code: " + root.GetRawText();
        if (explained is not null && !explained.Contains(code.GetString()!)) return $"has the code {code}, which docs/errors.md does not explain";
        if (root.GetProperty("status").GetInt32() != (int)answer.StatusCode) return "says another status";
        if (!root.TryGetProperty("traceId", out _)) return "has no traceId";
        return root.GetProperty("type").GetString()!.EndsWith('#' + code.GetString()!, StringComparison.Ordinal) ? null : "has a type that does not name its code";
    }

    private async Task<List<(string Method, string Path, string Query, string? Body)>> DescribedAsync()
    {
        var found = new List<(string, string, string, string?)>();
        await foreach (var (method, path, operation, root) in OperationsAsync())
        {
            var query = new StringBuilder();
            foreach (var parameter in operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToList() : [])
            {
                if (parameter.GetProperty("in").GetString() == "query" && parameter.TryGetProperty("required", out var required) && required.GetBoolean())
                    query.Append(query.Length == 0 ? '?' : '&').Append(parameter.GetProperty("name").GetString()).Append('=').Append(parameter.GetProperty("name").GetString() == "at" ? "2026-01-01T00:00:00Z" : "1");
            }

            found.Add((method, path, query.ToString(), operation.TryGetProperty("requestBody", out var asked) && asked.GetProperty("content").TryGetProperty("application/json", out var json) ? Sample(root, json.GetProperty("schema")) : null));
        }

        return found;
    }

    private async Task<List<(string Path, List<string> Names)>> DescribedParametersAsync()
    {
        var found = new List<(string, List<string>)>();
        await foreach (var (method, path, operation, _) in OperationsAsync())
        {
            if (method == "GET") found.Add((path, operation.TryGetProperty("parameters", out var all) ? [.. all.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!)] : []));
        }

        return found;
    }

    private async IAsyncEnumerable<(string Method, string Path, JsonElement Operation, JsonElement Root)> OperationsAsync()
    {
        using var admin = served.Client(served.CommandLineToken);
        using var document = JsonDocument.Parse(await admin.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject()) yield return (operation.Name.ToUpperInvariant(), path.Name, operation.Value, document.RootElement);
        }
    }

    /// <summary>The least body that a schema takes.</summary>
    private static string Sample(JsonElement root, JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Sample(root, root.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]));
        if (schema.TryGetProperty("enum", out var values)) return values[0].GetRawText();
        var type = !schema.TryGetProperty("type", out var found) ? "object" : found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().First(one => one.GetString() != "null").GetString() : found.GetString();
        return type switch
        {
            "integer" or "number" => "1",
            "boolean" => "true",
            "array" => "[]",
            "string" => schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" ? "\"2026-01-01T00:00:00Z\"" : "\"1\"",
            _ => "{" + string.Join(',', (schema.TryGetProperty("required", out var required) ? required.EnumerateArray().ToList() : []).Select(name => $"\"{name.GetString()}\":{Sample(root, schema.GetProperty("properties").GetProperty(name.GetString()!))}")) + "}",
        };
    }

    private IEnumerable<RouteEndpoint> Routes() =>
        ((IEndpointRouteBuilder)served.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal));

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods;

    private static string Fill(string path) => Parameter().Replace(path, "999999");

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@":[a-z]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();

    [GeneratedRegex(@"^\| `?(?<code>CL\d{4})", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
