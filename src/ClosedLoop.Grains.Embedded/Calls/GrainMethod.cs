using System.Diagnostics;
using System.Reflection;

namespace ClosedLoop.Grains.Embedded;

/// <summary>One method of a grain interface: how its calls are scheduled, and what is counted of them.</summary>
internal sealed class GrainMethod
{
    private long _calls;
    private long _errors;
    private long _totalTicks;
    private long _longestTicks;

    public GrainMethod(MethodInfo method)
        : this(
            $"{method.DeclaringType!.Name}.{method.Name}",
            method.IsDefined(typeof(AlwaysInterleaveAttribute)),
            method.IsDefined(typeof(ReadOnlyAttribute)),
            method.IsDefined(typeof(OneWayAttribute)))
    {
    }

    public GrainMethod(string name, bool alwaysInterleave, bool readOnly, bool oneWay)
    {
        Name = name;
        AlwaysInterleave = alwaysInterleave;
        ReadOnly = readOnly;
        OneWay = oneWay;
    }

    public string Name { get; }

    public bool AlwaysInterleave { get; }

    public bool ReadOnly { get; }

    public bool OneWay { get; }

    public void Count(long elapsedTicks, bool failed)
    {
        Interlocked.Increment(ref _calls);
        if (failed)
            Interlocked.Increment(ref _errors);
        Interlocked.Add(ref _totalTicks, elapsedTicks);
        var longest = Volatile.Read(ref _longestTicks);
        while (elapsedTicks > longest)
        {
            var seen = Interlocked.CompareExchange(ref _longestTicks, elapsedTicks, longest);
            if (seen == longest)
                break;
            longest = seen;
        }
    }

    public GrainMethodStatistics Snapshot(long ticksPerSecond)
    {
        Debug.Assert(ticksPerSecond > 0);
        return new GrainMethodStatistics(
            Name,
            Interlocked.Read(ref _calls),
            Interlocked.Read(ref _errors),
            TimeSpan.FromSeconds(Interlocked.Read(ref _totalTicks) / (double)ticksPerSecond),
            TimeSpan.FromSeconds(Interlocked.Read(ref _longestTicks) / (double)ticksPerSecond));
    }
}
