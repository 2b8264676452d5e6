using System.Collections.Concurrent;
using System.Net;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Simulation;

/// <summary>
/// Invented people and the machines before them: reads what the sink took, and does with each message what the cast says, by the very paths real ones use: pictures, links and
/// one-click over HTTP, returned mail over SMTP.
/// </summary>
internal sealed class SimulatedAudience : IAsyncDisposable
{
    private const int AtOnce = 16;

    /// <summary>Exactly this is what Apple's proxies say.</summary>
    private const string ProxyAgent = "Mozilla/5.0";

    /// <summary>As the service stores <see cref="ScannerAgent"/>.</summary>
    public const string ScannerBrowser = "Chrome 109.0";

    private const string ScannerAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
    ];

    private readonly SiloSettings _settings;
    private readonly Cast _cast;
    private readonly string _run;
    private readonly Uri _service;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = AtOnce });
    private readonly SemaphoreSlim _few = new(AtOnce, AtOnce);
    private readonly SimulatedReturns _returns;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _deeds = [];
    private readonly Task _watching;
    private long _offset;

    public SimulatedAudience(SiloSettings settings, Scenario scenario, string run)
    {
        (_settings, _cast, _run, _service) = (settings, new Cast(scenario), run, SimulatedReader.ServiceOf(settings.Http.Listen));
        _returns = new SimulatedReturns(settings);

        // What the sink took before is none of ours.
        var ledger = new FileInfo(SinkService.LedgerPath(settings));
        _offset = ledger.Exists ? ledger.Length : 0;
        _watching = Task.Run(WatchAsync);
    }

    public SimulatedTally Tally { get; } = new();

    /// <summary>Ends with the error that kept it from watching, if any.</summary>
    public Task Watching => _watching;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll([_watching, .. _deeds]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _returns.DisposeAsync();
        _http.Dispose();
        _few.Dispose();
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        var path = SinkService.LedgerPath(_settings);
        while (!_end.IsCancellationRequested)
        {
            var (records, end) = SinkLedger.ReadFrom(path, _offset);
            _offset = end;
            foreach (var record in records) Receive(path, record);
            if (records.Count == 0) await Task.Delay(Look, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Receive(string path, SinkRecord record)
    {
        if (record.To is not [var address] || SimulatedFile.IndexOf(address, _run) is not { } index || !Tally.AddMessage(index)) return;
        var deeds = _cast.DeedsOf(index);
        if (deeds.Count == 0) return;
        var reader = SimulatedReader.Of(SinkLedger.ReadMessage(path, record), _settings.TrackingBase, _service);
        Tally.AddPending(deeds.Count);
        foreach (var deed in deeds) _deeds.Add(DoAsync(deed, index, record, reader));
    }

    private async Task DoAsync(PlannedDeed deed, int index, SinkRecord mail, SimulatedReader reader)
    {
        try
        {
            await Task.Delay(deed.After, _end.Token);
            await _few.WaitAsync(_end.Token);
            try
            {
                if (await TryAsync(deed, index, mail, reader)) Tally.AddDone(deed.What);
                else Tally.AddFailed();
            }
            finally
            {
                _few.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The rehearsal is broken off.
        }
        catch (HttpRequestException)
        {
            Tally.AddFailed();
        }
        finally
        {
            Tally.AddPending(-1);
        }
    }

    private Task<bool> TryAsync(PlannedDeed deed, int index, SinkRecord mail, SimulatedReader reader)
    {
        var agent = Agents[index % Agents.Length];
        var link = reader.Links.Count == 0 ? null : reader.Links[deed.Link % reader.Links.Count];
        return deed.What switch
        {
            Deed.Open => AskAsync(HttpMethod.Get, reader.Pixel, agent, HttpStatusCode.OK),
            Deed.ProxyOpen => AskAsync(HttpMethod.Get, reader.Pixel, ProxyAgent, HttpStatusCode.OK),
            Deed.Click => AskAsync(HttpMethod.Get, link, agent, HttpStatusCode.Found),
            Deed.ScannerClick => AskAsync(HttpMethod.Get, link, ScannerAgent, HttpStatusCode.Found),
            Deed.Unsubscribe => AskAsync(HttpMethod.Post, reader.Unsubscribe, agent, HttpStatusCode.OK),
            _ => _returns.SendAsync(deed.What, index, mail, _end.Token),
        };
    }

    private async Task<bool> AskAsync(HttpMethod method, Uri? address, string agent, HttpStatusCode expected)
    {
        if (address is null) return false;
        using var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);

        // RFC 8058 section 3.2: what a mailbox provider's button sends.
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var response = await _http.SendAsync(request, _end.Token);
        return response.StatusCode == expected;
    }
}
