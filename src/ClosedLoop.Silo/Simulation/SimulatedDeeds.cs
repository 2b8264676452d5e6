using System.Net;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Simulation;

/// <summary>
/// Does with a message what an invented person, or a machine before the person, does with it, by the very paths real ones use: pictures, links and one-click over HTTP, returned
/// mail over SMTP. Keeps the book of it.
/// </summary>
internal sealed class SimulatedDeeds(SiloSettings settings) : IAsyncDisposable
{
    /// <summary>Requests at a time.</summary>
    public const int AtOnce = 16;

    /// <summary>As the service stores <see cref="ScannerAgent"/>.</summary>
    public const string ScannerBrowser = "Chrome 109.0";

    /// <summary>Exactly this is what Apple's proxies say.</summary>
    private const string ProxyAgent = "Mozilla/5.0";

    private const string ScannerAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36";

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
    ];

    private readonly Uri _service = SimulatedReader.ServiceOf(settings.Http.Listen);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = AtOnce });
    private readonly SimulatedReturns _returns = new(settings);

    public SimulatedTally Tally { get; } = new();

    /// <summary>The message as its reader's program sees it.</summary>
    public SimulatedReader ReaderOf(SinkRecord mail) => SimulatedReader.Of(SinkLedger.ReadMessage(SinkService.LedgerPath(settings), mail), settings.TrackingBase, _service);

    /// <summary>Done, and answered, when awaited.</summary>
    public async Task DoAsync(PlannedDeed deed, int index, SinkRecord mail, SimulatedReader reader, CancellationToken cancellation)
    {
        try
        {
            if (await TryAsync(deed, index, mail, reader, cancellation)) Tally.AddDone(deed.What);
            else Tally.AddFailed();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            // No answer, or none in time.
            Tally.AddFailed();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _returns.DisposeAsync();
        _http.Dispose();
    }

    private Task<bool> TryAsync(PlannedDeed deed, int index, SinkRecord mail, SimulatedReader reader, CancellationToken cancellation)
    {
        var agent = Agents[index % Agents.Length];
        var link = reader.Links.Count == 0 ? null : reader.Links[deed.Link % reader.Links.Count];
        return deed.What switch
        {
            Deed.Open => AskAsync(HttpMethod.Get, reader.Pixel, agent, HttpStatusCode.OK, cancellation),
            Deed.ProxyOpen => AskAsync(HttpMethod.Get, reader.Pixel, ProxyAgent, HttpStatusCode.OK, cancellation),
            Deed.Click => AskAsync(HttpMethod.Get, link, agent, HttpStatusCode.Found, cancellation),
            Deed.ScannerClick => AskAsync(HttpMethod.Get, link, ScannerAgent, HttpStatusCode.Found, cancellation),
            Deed.Unsubscribe => AskAsync(HttpMethod.Post, reader.Unsubscribe, agent, HttpStatusCode.OK, cancellation),
            _ => _returns.SendAsync(deed.What, index, mail, cancellation),
        };
    }

    private async Task<bool> AskAsync(HttpMethod method, Uri? address, string agent, HttpStatusCode expected, CancellationToken cancellation)
    {
        if (address is null) return false;
        using var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);

        // RFC 8058 section 3.2: what a mailbox provider's button sends.
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var response = await _http.SendAsync(request, cancellation);
        return response.StatusCode == expected;
    }
}
