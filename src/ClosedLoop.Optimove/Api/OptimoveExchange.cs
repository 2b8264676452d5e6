using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClosedLoop.Data.Silos;

namespace ClosedLoop.Optimove.Api;

/// <summary>One request and what its answer means (optimove spec section 2.1).</summary>
internal sealed class OptimoveExchange(HttpClient http, OptimoveOptions options)
{
    private const int MostOfBody = 2048;
    private const int MostAnswerBytes = 256 * 1024 * 1024;

    private static readonly HttpRequestOptionsKey<string> Secret = new("secret");

    public static HttpRequestMessage Request(HttpMethod method, Uri address, byte[]? content, IReadOnlyDictionary<string, string>? headers = null)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var (name, value) in headers ?? new Dictionary<string, string>(StringComparer.Ordinal)) request.Headers.TryAddWithoutValidation(name, value);
        if (content is null) return request;
        request.Content = new ByteArrayContent(content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }

    /// <summary>A text on one line, cut where it is long.</summary>
    public static string Cut(string text)
    {
        var line = string.Concat(text.Take(MostOfBody).Select(c => char.IsControl(c) ? ' ' : c));
        return line.Trim();
    }

    /// <summary>Names what a request is let in by: an answer that repeats it is not repeated.</summary>
    public static void Guard(HttpRequestMessage request, string secret) => request.Options.Set(Secret, secret);

    /// <summary>Sends a request once.</summary>
    /// <returns>The octets of an answer of success.</returns>
    public async Task<byte[]> SendAsync(string call, HttpRequestMessage request, CancellationToken cancellation)
    {
        // The last moment: a silo that was frozen while it waited for its turn must not tell what another has told meanwhile.
        WorkHold.Confirm();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.RequestTimeout);
        try
        {
            using (request)
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                var body = await ReadAsync(response, limit.Token);
                return response.IsSuccessStatusCode ? body : throw Refused(call, request, response, body);
            }
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new OptimoveException(OptimoveFault.NoAnswer, call, string.Create(CultureInfo.InvariantCulture, $"no answer within {options.RequestTimeout.TotalSeconds:0.#} s"), e);
        }
        catch (HttpRequestException e)
        {
            throw new OptimoveException(IsNotSent(e.HttpRequestError) ? OptimoveFault.NotSent : OptimoveFault.NoAnswer, call, e.Message, e);
        }
        catch (IOException e)
        {
            throw new OptimoveException(OptimoveFault.NoAnswer, call, e.Message, e);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await response.Content.LoadIntoBufferAsync(MostAnswerBytes, cancellation);
        return await response.Content.ReadAsByteArrayAsync(cancellation);
    }

    private static bool IsNotSent(HttpRequestError error) => error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.ConfigurationLimitExceeded;

    private static OptimoveException Refused(string call, HttpRequestMessage request, HttpResponseMessage response, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        if (request.Options.TryGetValue(Secret, out var secret)) text = text.Replace(secret, "***", StringComparison.Ordinal);
        var status = (int)response.StatusCode;
        var fault = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => OptimoveFault.Auth,
            HttpStatusCode.Forbidden => OptimoveFault.Permission,
            HttpStatusCode.NotFound => OptimoveFault.NotFound,
            HttpStatusCode.TooManyRequests => OptimoveFault.RateLimited,
            _ when status >= 500 => OptimoveFault.Server,
            _ => OptimoveFault.Refused,
        };
        return new OptimoveException(fault, call, string.Create(CultureInfo.InvariantCulture, $"{status} {Cut(text)}").TrimEnd())
        {
            RetryAfter = fault == OptimoveFault.RateLimited ? response.Headers.RetryAfter?.Delta : null,
            IsExpiry = fault == OptimoveFault.Auth || (fault == OptimoveFault.Permission && SaysExpired(text)),
        };
    }

    /// <summary>A token that is over is told by 403 with words about it.</summary>
    private static bool SaysExpired(string body) => body.Contains("token", StringComparison.OrdinalIgnoreCase) && body.Contains("expire", StringComparison.OrdinalIgnoreCase);
}
