using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Benchmarks.Telemetry;

/// <summary>Takes whatever is exported by OTLP over HTTP on this machine's loopback, answers as a collector does, and counts.</summary>
internal sealed class CollectorDouble : IAsyncDisposable
{
    private readonly WebApplication _application;
    private long _requests;
    private long _bytes;

    private CollectorDouble(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.Single());

    public long Requests => Interlocked.Read(ref _requests);

    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<CollectorDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new CollectorDouble(builder.Build());

        // An empty answer is a message without fields: everything was taken.
        collector._application.MapPost("/v1/{signal}", async (HttpContext context) =>
        {
            var buffer = new byte[16_384];
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer)) > 0) Interlocked.Add(ref collector._bytes, read);
            Interlocked.Increment(ref collector._requests);
            context.Response.ContentType = "application/x-protobuf";
        });
        await collector._application.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
