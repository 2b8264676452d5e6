using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Scenarios.Support;

/// <summary>The customer's web server: on every address of this machine, of which the service may ask one.</summary>
internal sealed class ContentServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Host, string Path)> _asked = new();

    private ContentServer(WebApplication app) => _app = app;

    public int Port { get; private init; }

    /// <summary>Settings with which the service may ask it.</summary>
    public IReadOnlyList<string> Settings =>
    [
        "ContentFetch:AllowedHosts=127.0.0.1,127.0.0.2",
        "ContentFetch:Ports=" + Port.ToString(CultureInfo.InvariantCulture),
        "ContentFetch:AllowPrivate=127.0.0.1/32",
    ];

    public static async Task<ContentServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var port = Ports.Free();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, port));
        var app = builder.Build();
        var server = new ContentServer(app) { Port = port };
        app.Run(context =>
        {
            server._asked.Enqueue((context.Request.Host.Host, context.Request.Path.Value!));
            return answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public string Url(string path, string host = "127.0.0.1") => string.Create(CultureInfo.InvariantCulture, $"http://{host}:{Port}{path}");

    public int Hits(string path) => _asked.Count(asked => asked.Path == path);

    /// <summary>Whether anybody came by an address that must not be asked.</summary>
    public bool WasAskedAt(string host) => _asked.Any(asked => asked.Host == host);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
