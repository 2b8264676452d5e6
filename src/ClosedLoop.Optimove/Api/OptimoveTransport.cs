using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ClosedLoop.Data.Silos;
using Polly;
using Polly.Retry;

namespace ClosedLoop.Optimove.Api;

/// <summary>Sends requests: key, rate limit, repetition, and what an answer means.</summary>
internal sealed class OptimoveTransport(HttpClient http, Uri baseAddress, string apiKey, SlidingWindow window, int perTenSeconds, OptimoveOptions options, TimeProvider time)
{
    private const int MostOfBody = 2048;
    private const int MostAnswerBytes = 256 * 1024 * 1024;

    private readonly ResiliencePipeline<byte[]> _read = Pipeline(options, time, Repetition.Read);
    private readonly ResiliencePipeline<byte[]> _safeWrite = Pipeline(options, time, Repetition.SafeWrite);
    private readonly ResiliencePipeline<byte[]> _onceOnly = Pipeline(options, time, Repetition.OnceOnly);

    /// <summary>Reads an object or array; <c>null</c> for an empty answer, and for 404 where <paramref name="noneOn404"/>.</summary>
    public async Task<JsonDocument?> GetAsync(string call, string path, bool noneOn404, CancellationToken cancellation)
    {
        byte[] body;
        try
        {
            body = await _read.ExecuteAsync(async token => await SendAsync(call, HttpMethod.Get, path, content: null, token), cancellation);
        }
        catch (OptimoveException e) when (noneOn404 && e.Fault == OptimoveFault.NotFound)
        {
            return null;
        }

        if (body.AsSpan().Trim((byte)' ').IsEmpty) return null;
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.String) return document;
            using (document)
            {
                // A text where rows were expected is how some calls report an error.
                throw new OptimoveException(OptimoveFault.Malformed, call, $"200 with the text '{Cut(document.RootElement.GetString()!)}'");
            }
        }
        catch (JsonException e)
        {
            throw new OptimoveException(OptimoveFault.Malformed, call, $"200 with a body that is no JSON ({e.Message})", e);
        }
    }

    /// <summary>Sends a body.</summary>
    /// <returns>The answer's octets.</returns>
    public async Task<byte[]> SendAsync(string call, HttpMethod method, string path, byte[] body, Repetition repetition, CancellationToken cancellation) =>
        await (repetition == Repetition.OnceOnly ? _onceOnly : _safeWrite).ExecuteAsync(async token => await SendAsync(call, method, path, body, token), cancellation);

    /// <summary>Posts to another address than the API's, with headers of its own and without the key.</summary>
    public async Task<byte[]> PostElsewhereAsync(string call, Uri address, byte[] body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellation) =>
        await _onceOnly.ExecuteAsync(async token => await ExchangeAsync(call, Request(HttpMethod.Post, address, body, headers), token), cancellation);

    private static ResiliencePipeline<byte[]> Pipeline(OptimoveOptions options, TimeProvider time, Repetition repetition) => new ResiliencePipelineBuilder<byte[]> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<byte[]>
        {
            MaxRetryAttempts = 6,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is OptimoveException e && MayRepeat(e.Fault, repetition, arguments.AttemptNumber)),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Pause((OptimoveException)arguments.Outcome.Exception!, arguments.AttemptNumber, options.Backoff)),
        })
        .Build();

    private static bool MayRepeat(OptimoveFault fault, Repetition repetition, int attempt) => fault switch
    {
        OptimoveFault.RateLimited => true,
        OptimoveFault.NotSent => attempt < 3,
        OptimoveFault.Server or OptimoveFault.NoAnswer => repetition == Repetition.Read ? attempt < 5 : repetition == Repetition.SafeWrite && attempt < 2,
        _ => false,
    };

    private static TimeSpan Pause(OptimoveException failure, int attempt, TimeSpan first)
    {
        if (failure.RetryAfter is { } asked) return asked;

        // Failures other than the rate limit are mostly over at once.
        var unit = failure.Fault == OptimoveFault.RateLimited ? first : first / 20;
#pragma warning disable CA5394 // jitter, not a secret
        return unit * Math.Pow(2, Math.Min(attempt, 3)) * (1 + (Random.Shared.NextDouble() / 5));
#pragma warning restore CA5394
    }

    private async Task<byte[]> SendAsync(string call, HttpMethod method, string path, byte[]? content, CancellationToken cancellation)
    {
        await window.TakeAsync(perTenSeconds, cancellation);
        var request = Request(method, new Uri(baseAddress, path), content, new Dictionary<string, string>(StringComparer.Ordinal));
        request.Headers.TryAddWithoutValidation("X-API-KEY", apiKey);
        return await ExchangeAsync(call, request, cancellation);
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri address, byte[]? content, IReadOnlyDictionary<string, string> headers)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (content is null) return request;
        request.Content = new ByteArrayContent(content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }

    private async Task<byte[]> ExchangeAsync(string call, HttpRequestMessage request, CancellationToken cancellation)
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
                return response.IsSuccessStatusCode ? body : throw Refused(call, response, body);
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

    private static OptimoveException Refused(string call, HttpResponseMessage response, byte[] body)
    {
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
        return new OptimoveException(fault, call, string.Create(CultureInfo.InvariantCulture, $"{status} {Cut(Encoding.UTF8.GetString(body))}").TrimEnd())
        {
            RetryAfter = fault == OptimoveFault.RateLimited ? response.Headers.RetryAfter?.Delta : null,
        };
    }

    private static string Cut(string text)
    {
        var line = string.Concat(text.Take(MostOfBody).Select(c => char.IsControl(c) ? ' ' : c));
        return line.Trim();
    }
}
