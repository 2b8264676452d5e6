namespace ClosedLoop.Delivery.Channels.Http;

/// <summary>What came of one request.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Body">The answer's text, cut at 64 KiB.</param>
/// <param name="RetryAfter">What <c>Retry-After</c> asked for.</param>
/// <param name="Failure">Why there is no answer; null when there is one.</param>
/// <param name="Lost">There is no answer, and the request may have been taken.</param>
internal sealed record ProviderAnswer(int Status, string Body, TimeSpan? RetryAfter, string? Failure = null, bool Lost = false)
{
    /// <summary>The answer's headers that anybody asked for, by name.</summary>
    public string? Id { get; init; }

    /// <summary>The result where there is no answer; null where there is one.</summary>
    public ChannelResult? Missing => Failure is null ? null : Lost ? ChannelResult.InDoubt(Failure) : ChannelResult.Throttled(Failure);
}
