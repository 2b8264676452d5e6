using System.Text.Json;
using Polly;
using Polly.Retry;

namespace ClosedLoop.Optimove.Api;

/// <summary>Sends requests: credential, rate limit, repetition.</summary>
internal sealed class OptimoveTransport(
    OptimoveExchange exchange, Uri baseAddress, IOptimoveCredential credential, SlidingWindow window, int perTenSeconds, OptimoveOptions options, TimeProvider time)
{
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
                throw new OptimoveException(OptimoveFault.Malformed, call, $"200 with the text '{OptimoveExchange.Cut(document.RootElement.GetString()!)}'");
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
        await _onceOnly.ExecuteAsync(async token => await exchange.SendAsync(call, OptimoveExchange.Request(HttpMethod.Post, address, body, headers), token), cancellation);

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
        for (var isFirst = true; ; isFirst = false)
        {
            await window.TakeAsync(perTenSeconds, cancellation);
            var request = OptimoveExchange.Request(method, new Uri(baseAddress, path), content);
            var used = await credential.SignAsync(request, perTenSeconds, cancellation);
            try
            {
                return await exchange.SendAsync(call, request, cancellation);
            }
            catch (OptimoveException e) when (credential.MayRenew(e, used))
            {
                // A refusal for the credential's sake was not carried out: even what must not be repeated may be sent once more. A new login that is refused, too, is a matter of rights.
                if (!isFirst) throw new OptimoveException(OptimoveFault.Auth, e.Call, e.Message[(e.Call.Length + 2)..], e);
            }
        }
    }
}
