using System.Diagnostics;

namespace ClosedLoop.Delivery;

/// <summary>
/// Where the sending path spends its time. Rendering and composing are processor time; the other stages mostly wait, so
/// theirs is wall time added up over all groups under way.
/// </summary>
public sealed class DeliveryStatistics
{
    private long _render;
    private long _compose;
    private long _claim;
    private long _send;
    private long _record;
    private long _messages;
    private long _bytes;
    private long _replaced;

    /// <summary>Who said "later" lately.</summary>
    public DeferralCounts Deferrals { get; } = new();

    internal static long Now => Stopwatch.GetTimestamp();

    /// <summary>Processor time of the templates.</summary>
    public TimeSpan Render => TimeSpan.FromTicks(Interlocked.Read(ref _render) / TimeSpan.NanosecondsPerTick);

    /// <summary>Processor time of headers and MIME.</summary>
    public TimeSpan Compose => TimeSpan.FromTicks(Interlocked.Read(ref _compose) / TimeSpan.NanosecondsPerTick);

    /// <summary>Waiting for claims to be durable.</summary>
    public TimeSpan Claim => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _claim));

    /// <summary>From the first byte of a group to its last reply.</summary>
    public TimeSpan Send => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _send));

    /// <summary>Waiting for outcomes to be durable.</summary>
    public TimeSpan Record => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _record));

    /// <summary>Messages handed over and answered.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Octets composed.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Characters of personal values that the charset of their mail lacks.</summary>
    public long Replaced => Interlocked.Read(ref _replaced);

    internal void AddReplaced(int characters) => Interlocked.Add(ref _replaced, characters);

    internal void AddRender(long nanoseconds) => Interlocked.Add(ref _render, nanoseconds);

    internal void AddCompose(long nanoseconds, int bytes)
    {
        Interlocked.Add(ref _compose, nanoseconds);
        Interlocked.Add(ref _bytes, bytes);
    }

    internal void AddClaim(long ticks) => Interlocked.Add(ref _claim, ticks);

    internal void AddSend(long ticks, int messages)
    {
        Interlocked.Add(ref _send, ticks);
        Interlocked.Add(ref _messages, messages);
    }

    internal void AddRecord(long ticks) => Interlocked.Add(ref _record, ticks);
}
