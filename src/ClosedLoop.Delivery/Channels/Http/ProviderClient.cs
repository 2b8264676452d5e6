using System.Buffers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClosedLoop.Delivery.Channels.Http;

/// <summary>HTTP to one provider: no proxy, no cookies, no redirects, bounded answers, and for every request the knowledge whether it may have been taken.</summary>
internal sealed class ProviderClient : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <param name="timeout">For one request, from its first byte to the end of the answer.</param>
    /// <param name="time">The clock.</param>
    /// <param name="roots">Authorities that are believed in place of the machine's; null believes the machine's.</param>
    public ProviderClient(TimeSpan timeout, TimeProvider time, X509Certificate2Collection? roots = null)
    {
        _timeout = timeout;
        _time = time;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(60),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            MaxResponseHeadersLength = 16,
            SslOptions = roots is null ? new SslClientAuthenticationOptions() : new SslClientAuthenticationOptions { CertificateChainPolicy = Authorities.Trust(roots) },
        });
    }

    /// <summary>Sends one request and reads its answer. Does not throw.</summary>
    /// <param name="request">The request; disposed by the caller.</param>
    /// <param name="idHeader">Header of the answer to keep.</param>
    public async Task<ProviderAnswer> SendAsync(HttpRequestMessage request, string? idHeader = null)
    {
        using var timer = new CancellationTokenSource(_timeout, _time);
        try
        {
            using var response = await _http.SendAsync(request, timer.Token).ConfigureAwait(false);
            var body = await ReadAsync(response.Content, timer.Token).ConfigureAwait(false);
            return new ProviderAnswer((int)response.StatusCode, body, After(response))
            {
                Id = idHeader is not null && response.Headers.TryGetValues(idHeader, out var values) ? values.FirstOrDefault() : null,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Whether the other side has seen it: a GET has no body, so it counts as begun with its connection.
            var begun = request.Content is BegunContent content ? content.Begun : !IsUnconnected(e);
            return new ProviderAnswer(0, "", null, Describe(e, begun), begun);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength == 0) return "";
        await using var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);

        // An answer has some hundred bytes; 64 KiB cleared for each would cost more than the rest of it.
        var most = (int)Math.Min(content.Headers.ContentLength ?? LongestAnswer, LongestAnswer);
        var buffer = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var length = await stream.ReadAtLeastAsync(buffer.AsMemory(0, most), most, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private TimeSpan? After(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } after) return null;
        var pause = after.Delta ?? (after.Date - _time.GetUtcNow());
        return pause > TimeSpan.Zero ? pause : null;
    }

    private static bool IsUnconnected(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    private string Describe(Exception e, bool begun) => (begun, e) switch
    {
        (true, OperationCanceledException) => FormattableString.Invariant($"no answer within {_timeout.TotalSeconds:0.#} s"),
        (true, _) => "the connection was lost before an answer",
        (false, HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error }) => $"the provider cannot be reached: {error}",
        _ => "the provider cannot be reached",
    };
}
