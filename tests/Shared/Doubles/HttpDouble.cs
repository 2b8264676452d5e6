using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Testing.Doubles;

/// <summary>A provider's HTTP service on this machine: records what it is asked and fails on command.</summary>
internal abstract class HttpDouble : IAsyncDisposable
{
    private readonly ConcurrentQueue<DoubleFault> _faults = new();
    private readonly ConcurrentDictionary<string, DoubleFault> _faultsOf = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<DoubleRequest> _requests = new();
    private WebApplication? _app;

    public string BaseUrl { get; private set; } = "";

    public IReadOnlyList<DoubleRequest> Requests => [.. _requests];

    /// <summary>The next request of the kind that can fail meets this.</summary>
    public void FailNext(DoubleFault fault) => _faults.Enqueue(fault);

    /// <summary>Every request about this address meets this, until it is lifted.</summary>
    public void FailFor(string address, DoubleFault? fault)
    {
        if (fault is null) _faultsOf.TryRemove(address, out _);
        else _faultsOf[address] = fault;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _app = null;
    }

    protected async Task StartAsync(X509Certificate2? certificate = null, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        _app = builder.Build();
        _app.Run(ServeAsync);
        await _app.StartAsync();
        BaseUrl = _app.Urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
    }

    /// <summary>Serves one request; the answer it returns is not sent when a fault stands in its way.</summary>
    protected abstract (int Status, string Body, IReadOnlyDictionary<string, string> Headers) Serve(DoubleRequest request);

    /// <summary>Whom a request is about; null for one that does not fail on command.</summary>
    protected abstract string? AddressOf(DoubleRequest request);

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new DoubleRequest(
            context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Protocol,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
        _requests.Enqueue(request);
        var fault = AddressOf(request) is { } address ? _faultsOf.GetValueOrDefault(address) ?? (_faults.TryDequeue(out var next) ? next : null) : null;
        if (fault is { TakesIt: false })
        {
            await AnswerAsync(context, fault.Status, fault.Body, fault.RetryAfter is { } seconds ? new Dictionary<string, string> { ["Retry-After"] = $"{seconds}" } : []);
            return;
        }

        var (status, body, headers) = Serve(request);
        if (fault is null) await AnswerAsync(context, status, body, headers);
        else await AnswerAsync(context, fault.Status, fault.Body, headers);
    }

    private static async Task AnswerAsync(HttpContext context, int status, string body, IReadOnlyDictionary<string, string> headers)
    {
        if (status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        if (body.Length > 0) context.Response.ContentType = body.StartsWith('{') ? "application/json" : "text/plain";
        await context.Response.WriteAsync(body);
    }
}
