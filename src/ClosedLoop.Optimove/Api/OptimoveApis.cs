using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Optimove.Api;

/// <summary>Makes typed clients, one rate limit a key.</summary>
internal sealed class OptimoveApis(IHttpClientFactory clients, OptimoveOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Name of the client among those of the factory.</summary>
    public const string ClientName = "optimove";

    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, SlidingWindow> _windows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LegacyLogin> _logins = new(StringComparer.Ordinal);

    /// <param name="baseUrl">Address as normalised by <see cref="BaseAddress.TryNormalise"/>.</param>
    /// <param name="apiKey">The key in clear.</param>
    /// <param name="perTenSeconds">Requests in any ten seconds.</param>
    public IOptimoveApi Of(string baseUrl, string apiKey, int perTenSeconds)
    {
        // The limit belongs to the key, whichever connector uses it; the key itself is not kept here.
        var window = WindowOf(Fingerprint(apiKey));
        return new OptimoveApi(new OptimoveTransport(Exchange(), new Uri(baseUrl + "/"), new ApiKeyCredential(apiKey), window, perTenSeconds, options, time));
    }

    /// <summary>With the older login: one for all who ask with the same credentials.</summary>
    /// <param name="baseUrl">Address as normalised by <see cref="BaseAddress.TryNormalise"/>.</param>
    /// <param name="userName">The user.</param>
    /// <param name="password">The password in clear.</param>
    /// <param name="perTenSeconds">Requests in any ten seconds.</param>
    /// <param name="store">Where the token outlives the process.</param>
    public IOptimoveApi Of(string baseUrl, string userName, string password, int perTenSeconds, ILoginStore store)
    {
        var address = new Uri(baseUrl + "/");
        var fingerprint = Fingerprint($"{baseUrl}\n{userName}\n{password}");
        var window = WindowOf(fingerprint);
        var login = _logins.GetOrAdd(fingerprint, _ => new LegacyLogin(userName, password, address, fingerprint, store, Exchange, window, options, time));
        return new OptimoveApi(new OptimoveTransport(Exchange(), address, login, window, perTenSeconds, options, time));
    }

    public void Dispose()
    {
        foreach (var login in _logins.Values) login.Dispose();
    }

    /// <summary>
    /// Connects to addresses outside only: the base address is a setting, and must not become a way into the house. The address that was looked at is the one connected to.
    /// Redirects are not followed.
    /// </summary>
    public static HttpMessageHandler Handler(OptimoveOptions options) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ActivityHeadersPropagator = null,
        ConnectCallback = async (context, cancellation) =>
        {
            var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
            var allowed = addresses.Where(address => options.AllowInside || PublicAddress.Is(address)).ToArray();
            if (allowed.Length == 0) throw new HttpRequestException(HttpRequestError.NameResolutionError, $"'{context.DnsEndPoint.Host}' stands for no address outside; Optimove:AllowInside is for trials only");
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private OptimoveExchange Exchange() => new(clients.CreateClient(ClientName), options);

    private SlidingWindow WindowOf(string fingerprint) => _windows.GetOrAdd(fingerprint, _ => new SlidingWindow(Stretch, time));

    private static string Fingerprint(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
