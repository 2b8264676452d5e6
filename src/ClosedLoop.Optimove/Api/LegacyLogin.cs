using System.Text.Json;

namespace ClosedLoop.Optimove.Api;

/// <summary>
/// The login from before there were keys (optimove spec section 2): user name and password buy a token that is good for 20 minutes after the last call. Optimove refuses a second login in
/// a second, and one while the last is good; so all requests of a connector share one, and who finds it refused renews it once for everybody.
/// </summary>
internal sealed class LegacyLogin(
    string userName, string password, Uri baseAddress, string fingerprint, ILoginStore store, Func<OptimoveExchange> exchange, SlidingWindow window, OptimoveOptions options, TimeProvider time)
    : IOptimoveCredential, IDisposable
{
    private const string Call = "login";
    private const int LongestToken = 4096;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>A little more than Optimove says: a login that comes too early is refused.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(5);

    /// <summary>Pauses after logins that failed: a password that is wrong must not lock the user out.</summary>
    private static readonly int[] Pauses = [1, 5, 15, 60];

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile string? _token;
    private bool _isLoaded;
    private long _usedAt;
    private long? _triedAt;
    private long _failedAt;
    private int _failures;
    private OptimoveException? _failure;

    public async ValueTask<string> SignAsync(HttpRequestMessage request, int perTenSeconds, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (!_isLoaded)
            {
                _token = store.Load(fingerprint);
                _isLoaded = true;
            }
            else if (_token is not null && time.GetElapsedTime(_usedAt) > Life)
            {
                _token = null;
            }

            var token = _token ??= await RenewAsync(perTenSeconds, cancellation);
            _usedAt = time.GetTimestamp();
            request.Headers.TryAddWithoutValidation("Authorization-Token", token);
            OptimoveExchange.Guard(request, token);
            return token;
        }
        finally
        {
            _one.Release();
        }
    }

    public bool MayRenew(OptimoveException refusal, string used)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        if (!refusal.IsExpiry) return false;

        // Somebody else may have renewed it since: then that one is tried.
        if (_token == used) _token = null;
        return true;
    }

    public void Dispose() => _one.Dispose();

    private async Task<string> RenewAsync(int perTenSeconds, CancellationToken cancellation)
    {
        if (_failure is not null && time.GetElapsedTime(_failedAt) < options.RegistrationMinute * Pauses[Math.Min(_failures, Pauses.Length) - 1]) throw _failure;
        if (_triedAt is { } tried && time.GetElapsedTime(tried) is var since && since < Between) await Task.Delay(Between - since, time, cancellation);
        await window.TakeAsync(perTenSeconds, cancellation);
        try
        {
            var token = await LoginAsync(cancellation);
            (_failure, _failures) = (null, 0);
            await store.KeepAsync(fingerprint, token);
            return token;
        }
        catch (OptimoveException e) when (e.Fault != OptimoveFault.RateLimited)
        {
            // Whatever has become of the login, the request that wanted it has not left.
            var isRefused = e.Fault is OptimoveFault.Auth or OptimoveFault.Permission or OptimoveFault.Refused;
            (_failure, _failedAt) = (new OptimoveException(isRefused ? OptimoveFault.Auth : OptimoveFault.NotSent, e.Call, e.Message[(e.Call.Length + 2)..], e), time.GetTimestamp());
            _failures++;
            throw _failure;
        }
        finally
        {
            _triedAt = time.GetTimestamp();
        }
    }

    private async Task<string> LoginAsync(CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new OptimoveBodies.Login(userName, password), OptimoveJson.Default.Login);
        var request = OptimoveExchange.Request(HttpMethod.Post, new Uri(baseAddress, "current/general/login"), body);
        OptimoveExchange.Guard(request, password);
        var answer = await exchange().SendAsync(Call, request, cancellation);
        string? token = null;
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind == JsonValueKind.String) token = document.RootElement.GetString();
        }
        catch (JsonException)
        {
            // Said below, without the body: it may be a token.
        }

        return token is { Length: > 0 and <= LongestToken } && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new OptimoveException(OptimoveFault.Malformed, Call, "200 without a token; expected a JSON text");
    }
}
