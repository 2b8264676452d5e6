namespace ClosedLoop.Optimove.Api;

/// <summary>A request to Optimove failed. The message names the call and what came back, never the key.</summary>
public sealed class OptimoveException(OptimoveFault fault, string call, string found, Exception? cause = null)
    : Exception($"{call}: {found}", cause)
{
    public OptimoveFault Fault { get; } = fault;

    public string Call { get; } = call;

    /// <summary>Whether a write may have been carried out all the same.</summary>
    public bool IsInDoubt => Fault is OptimoveFault.NoAnswer or OptimoveFault.Server;

    /// <summary>Whether the credential was refused in a way that a new login may mend.</summary>
    public bool IsExpiry { get; init; }

    /// <summary>What <c>Retry-After</c> asked for.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
