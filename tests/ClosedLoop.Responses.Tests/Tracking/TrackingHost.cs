using ClosedLoop.Model.Events;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Responses.Spool;
using ClosedLoop.Responses.Tests.Spool;
using ClosedLoop.Responses.Tracking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Tracking;

/// <summary>A real web server with the tracking endpoints, on a free port.</summary>
internal sealed class TrackingHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _application;

    public FailingSpoolFile.Disk Disk { get; } = new();

    public TrackingTokenCodec Tokens { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public static async Task<TrackingHost> StartAsync(TrackingOptions? options = null)
    {
        var host = new TrackingHost();
        var keys = new SigningKeys(SigningKey.Create(1));
        var spoolOptions = new EventSpoolOptions { Directory = host._folder.Path };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_ => EventSpool.Open(spoolOptions, TimeProvider.System, NullLogger.Instance, path => new FailingSpoolFile(path, host.Disk)));
        builder.Services.AddTracking(keys, spoolOptions, options ?? new TrackingOptions());
        host._application = builder.Build();
        host._application.MapTracking();
        await host._application.StartAsync();
        host.Tokens = new TrackingTokenCodec(keys);
        host.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(host._application.Urls.Single()) };
        return host;
    }

    public string Open(long sequence = 901) => Tokens.ToString(new TrackingToken(TrackingTokenKind.Open, 71000000123, sequence));

    public string Unsubscribe(long sequence = 901) => Tokens.ToString(new TrackingToken(TrackingTokenKind.Unsubscribe, 71000000123, sequence));

    public string Click(string target, long sequence = 901) => Tokens.ToString(new TrackingToken(TrackingTokenKind.Click, 71000000123, sequence, 4, target));

    public IReadOnlyList<TrackedEvent> Events() => _application!.Services.GetRequiredService<EventSpool>().ReadBatch(default, 100_000).Events;

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? userAgent = null, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (userAgent is not null)
            request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application!.DisposeAsync();
        _folder.Dispose();
    }
}
