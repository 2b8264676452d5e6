using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace ClosedLoop.Grains.Embedded;

/// <summary>How a grain timer ticks. The period counts from the end of one tick to the start of the next.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Time to the first tick; <see cref="Timeout.InfiniteTimeSpan"/> is never.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time between ticks; <see cref="Timeout.InfiniteTimeSpan"/> is one tick only.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether a tick may start while a call is between two turns.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a tick counts as use for idle collection.</summary>
    public bool KeepAlive { get; init; }
}
