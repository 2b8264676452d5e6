namespace ClosedLoop.Data.Delivery;

/// <summary>A connection to a client's relay that somebody wants to see.</summary>
/// <param name="TraceId">Its number.</param>
/// <param name="ClientId">Whose relay.</param>
/// <param name="Actor">Who wants to see it.</param>
/// <param name="Reason">Why.</param>
/// <param name="OrderedAt">Microseconds.</param>
/// <param name="Until">Microseconds; a connection opened later is not written down.</param>
/// <param name="Process">Who opened the connection; <c>null</c> while none was opened.</param>
/// <param name="HasEnded">Whether no line comes any more.</param>
/// <param name="Lines">What was said: a JSON list of objects with <c>at</c> (milliseconds since the attempt began), <c>from</c> and <c>text</c>.</param>
public sealed record ConnectionTrace(long TraceId, long ClientId, string Actor, string Reason, long OrderedAt, long Until, string? Process, bool HasEnded, string Lines)
{
    /// <summary>Microseconds that a connection is followed at most. One that has no end by then has lost its process.</summary>
    public const long Longest = 600_000_000;
}
