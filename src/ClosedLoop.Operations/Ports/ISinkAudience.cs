namespace ClosedLoop.Operations.Ports;

/// <summary>Does with a mail in the built-in sink what its recipient might do, by the paths that real ones use.</summary>
public interface ISinkAudience
{
    /// <summary>Whether the sink is the service's own, on this machine, and keeps messages: nothing else is ever played with.</summary>
    bool IsThere { get; }

    /// <summary>Names of what can be done: <c>open</c>, <c>click</c>, <c>bounce</c>, <c>out-of-office</c>, <c>spam</c>.</summary>
    IReadOnlyList<string> Deeds { get; }

    /// <param name="number">The mail.</param>
    /// <param name="deed">One of <see cref="Deeds"/>.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <returns>Whether it was done, and what or why not.</returns>
    Task<(bool Done, string Text)> ActAsync(long number, string deed, CancellationToken cancellation);
}
