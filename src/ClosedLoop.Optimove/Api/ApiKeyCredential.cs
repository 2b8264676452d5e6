namespace ClosedLoop.Optimove.Api;

/// <summary>A key in a header. A key that is refused stays refused.</summary>
internal sealed class ApiKeyCredential(string apiKey) : IOptimoveCredential
{
    public ValueTask<string> SignAsync(HttpRequestMessage request, int perTenSeconds, CancellationToken cancellation)
    {
        request.Headers.TryAddWithoutValidation("X-API-KEY", apiKey);
        OptimoveExchange.Guard(request, apiKey);
        return ValueTask.FromResult("");
    }

    public bool MayRenew(OptimoveException refusal, string used) => false;
}
