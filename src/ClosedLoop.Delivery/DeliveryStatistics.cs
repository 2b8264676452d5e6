using System.Diagnostics;

namespace ClosedLoop.Delivery;

/// <summary>Where the time of the sending path goes: wall time inside each stage, added up over all threads.</summary>
public sealed class DeliveryStatistics
{
    private long _render;
    private long _compose;
    private long _claim;
    private long _send;
    private long _record;
    private long _messages;

    internal static long Now => Stopwatch.GetTimestamp();

    public TimeSpan Render => Elapsed(ref _render);

    public TimeSpan Compose => Elapsed(ref _compose);

    /// <summary>Waiting for claims to be durable.</summary>
    public TimeSpan Claim => Elapsed(ref _claim);

    /// <summary>From the first byte of a group to its last reply.</summary>
    public TimeSpan Send => Elapsed(ref _send);

    /// <summary>Waiting for outcomes to be durable.</summary>
    public TimeSpan Record => Elapsed(ref _record);

    /// <summary>Messages handed over and answered.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    internal void AddRender(long ticks) => Interlocked.Add(ref _render, ticks);

    internal void AddCompose(long ticks) => Interlocked.Add(ref _compose, ticks);

    internal void AddClaim(long ticks) => Interlocked.Add(ref _claim, ticks);

    internal void AddSend(long ticks, int messages)
    {
        Interlocked.Add(ref _send, ticks);
        Interlocked.Add(ref _messages, messages);
    }

    internal void AddRecord(long ticks) => Interlocked.Add(ref _record, ticks);

    private static TimeSpan Elapsed(ref long ticks) => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref ticks));
}
