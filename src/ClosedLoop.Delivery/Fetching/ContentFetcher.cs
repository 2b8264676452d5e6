using System.Collections.Concurrent;
using System.Net;
using ClosedLoop.Model.Delivery;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>
/// Every request for content on other servers goes through here (closed-loop spec section 10): list of hosts, checked addresses,
/// bounded redirects, size, time and parallel requests. No cookies, no logins, no proxy of the environment.
/// </summary>
public sealed partial class ContentFetcher : IDisposable
{
    private const string UserAgent = "ClosedLoop-Content/1";

    private readonly ContentFetchOptions _options;
    private readonly HostList _hosts;
    private readonly TimeProvider _time;
    private readonly ILogger<ContentFetcher> _logger;
    private readonly HttpMessageInvoker _http;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _parallel = new(StringComparer.Ordinal);

    public ContentFetcher(ContentFetchOptions options, TimeProvider time, ILogger<ContentFetcher> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _hosts = new HostList(options.AllowedHosts);
        _time = time;
        _logger = logger;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // Everything that would act on its own is off: a redirect, a proxy or a cookie nobody checked.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            PreAuthenticate = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = ConnectAsync,
            MaxResponseHeadersLength = 32,

            // What is not read is not waited for: the connection is closed.
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
        });
    }

    /// <summary>Fetches by GET; an attempt that timed out or got 5xx or 429 is repeated.</summary>
    /// <exception cref="ContentException">The content cannot be had, or must not be.</exception>
    public async Task<FetchedContent> FetchAsync(ContentRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        _ = Admit(request.Address, request.Hosts);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var started = _time.GetTimestamp();
                var content = await AttemptAsync(request, cancellation);
                LogFetched(content.Address.ToString(), content.Body.Length, _time.GetElapsedTime(started).TotalMilliseconds);
                return content;
            }
            catch (ContentException e)
            {
                if (!IsWorthRepeating(e) || attempt == _options.RetryPauses.Count)
                {
                    LogFailed(request.Address.ToString(), e.Message);
                    throw;
                }

                LogRepeated(request.Address.ToString(), e.Message);
            }

            await Task.Delay(_options.RetryPauses[attempt], _time, cancellation);
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsWorthRepeating(ContentException e) => e is TransientContentException;

    private async Task<FetchedContent> AttemptAsync(ContentRequest request, CancellationToken cancellation)
    {
        // Waiting for a turn is not the server's fault, so the clock runs only from there.
        var gate = _parallel.GetOrAdd(Admit(request.Address, request.Hosts), _ => new SemaphoreSlim(_options.PerHost));
        await gate.WaitAsync(cancellation);
        try
        {
            using var limit = new CancellationTokenSource(request.Timeout is { } own && own < _options.Timeout ? own : _options.Timeout, _time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            try
            {
                return await FollowAsync(request, both.Token);
            }
            catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw TimedOut(request.Address, e);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<FetchedContent> FollowAsync(ContentRequest request, CancellationToken cancellation)
    {
        var address = request.Address;
        for (var hops = 0; ; hops++)
        {
            _ = Admit(address, request.Hosts);
            if (request.SecureOnly) RequireSecure(address);
            using var response = await SendAsync(address, request.MediaTypes, cancellation);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return await ReadAsync(address, response, request, cancellation);
            var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;
            if (string.IsNullOrEmpty(location)) throw new ContentException(ContentFault.RedirectRefused, $"{address} redirects to nowhere", "a Location");
            if (hops == _options.MaxRedirects) throw new ContentException(ContentFault.RedirectRefused, $"{address} is redirect {hops + 1} in a row", $"at most {_options.MaxRedirects}");
            address = address.Follow(location);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(ContentAddress address, IReadOnlyList<string> mediaTypes, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", string.Join(", ", mediaTypes));
        try
        {
            return await _http.SendAsync(message, cancellation);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw TimedOut(address, e);
        }
        catch (HttpRequestException e)
        {
            throw Inner(e) ?? new ContentException(ContentFault.NotConnected, $"{address}: {e.Message}", "an answer over HTTP", e);
        }
    }

    /// <summary>What the look-up found comes back wrapped.</summary>
    private static ContentException? Inner(Exception? e)
    {
        while (e is not null and not ContentException) e = e.InnerException;
        return e is ContentException refused ? new ContentException(refused.Fault, refused.Found, refused.Expected, refused) : null;
    }

    private static TransientContentException TimedOut(ContentAddress address, Exception cause) =>
        new(ContentFault.TimedOut, $"{address} is too slow", "an answer in time", cause);
}
