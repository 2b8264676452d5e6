namespace ClosedLoop.Optimove.Api;

/// <summary>By what requests are let in: a key, or a login (optimove spec section 2).</summary>
internal interface IOptimoveCredential
{
    /// <summary>Puts it onto a request, after a login where one is needed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="perTenSeconds">Requests in any ten seconds; a login counts.</param>
    /// <param name="cancellation">Ends waiting and login.</param>
    /// <returns>What was put on, to name it in <see cref="MayRenew"/>.</returns>
    /// <exception cref="OptimoveException">The login failed; the request has not left.</exception>
    ValueTask<string> SignAsync(HttpRequestMessage request, int perTenSeconds, CancellationToken cancellation);

    /// <summary>Whether a refused request is worth one more try with a new login.</summary>
    /// <param name="refusal">How it was refused.</param>
    /// <param name="used">What it was signed with.</param>
    bool MayRenew(OptimoveException refusal, string used);
}
