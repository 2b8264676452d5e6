using System.Collections.Concurrent;
using System.Net;
using ClosedLoop.Delivery.Fetching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Delivery.Tests.Fetching;

/// <summary>A web server on this machine that answers as the test says, under names only the test's name look-up knows.</summary>
internal sealed class Server : IAsyncDisposable
{
    public const string Host = "cms.example.com";
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _hits = new(StringComparer.Ordinal);

    private Server(WebApplication app) => _app = app;

    public int Port { get; private set; }

    public ConcurrentQueue<string> Headers { get; } = new();

    public static async Task<Server> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new Server(app);
        app.Run(async context =>
        {
            server._hits.AddOrUpdate(context.Request.Path.Value!, 1, (_, count) => count + 1);
            foreach (var (name, _) in context.Request.Headers) server.Headers.Enqueue(name);
            await answer(context);
        });
        await app.StartAsync();
        server.Port = new Uri(app.Urls.Single()).Port;
        return server;
    }

    public static Task<Server> ServingAsync(string body, string type = "text/html; charset=utf-8") => StartAsync(context =>
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    });

    public int Hits(string path) => _hits.GetValueOrDefault(path);

    public string Url(string path, string host = Host) => $"http://{host}:{Port}{path}";

    public ContentFetchOptions Options => new()
    {
        AllowedHosts = [Host, "*.example.net"],
        Ports = [Port],
        AllowPrivate = [IPNetwork.Parse("127.0.0.0/8")],
        RetryPauses = [TimeSpan.Zero, TimeSpan.Zero],
        Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }),
    };

    public static ContentFetcher Fetcher(ContentFetchOptions options) => new(options, TimeProvider.System, NullLogger<ContentFetcher>.Instance);

    public static ContentRequest Request(string url, int maxBytes = 64 * 1024) =>
        new(ContentAddress.Parse(url), new HostList([Host, "*.example.net"]), ["text/html", "text/plain"], maxBytes);

    /// <summary>One fetch with a fetcher of its own.</summary>
    public async Task<FetchedContent> FetchAsync(string path, ContentFetchOptions? options = null, int maxBytes = 64 * 1024)
    {
        using var fetcher = Fetcher(options ?? Options);
        return await fetcher.FetchAsync(Request(Url(path), maxBytes));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
