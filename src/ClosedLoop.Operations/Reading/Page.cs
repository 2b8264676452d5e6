namespace ClosedLoop.Operations.Reading;

/// <summary>Some rows of a long list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">Where the next ones begin; <c>null</c> at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long? Next)
{
    /// <summary>Cuts a list that was read with one row too many.</summary>
    public static Page<T> Of(List<T> read, int limit, Func<T, long> key) =>
        read.Count > limit ? new Page<T>(read[..limit], key(read[limit - 1])) : new Page<T>(read, null);
}
