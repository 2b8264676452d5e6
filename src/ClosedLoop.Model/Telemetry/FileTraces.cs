using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClosedLoop.Model.Telemetry;

/// <summary>Traces of the newest files, so that what sends their recipients can point at them. A process that did not take the file in has no link; nothing else depends on it.</summary>
public static class FileTraces
{
    /// <summary>Files remembered.</summary>
    public const int Most = 1000;

    private static readonly ConcurrentDictionary<long, ActivityContext> Contexts = new();
    private static readonly ConcurrentQueue<long> Order = new();

    public static void Remember(long fileId, ActivityContext context)
    {
        if (!Contexts.TryAdd(fileId, context)) return;
        Order.Enqueue(fileId);
        while (Order.Count > Most && Order.TryDequeue(out var oldest)) Contexts.TryRemove(oldest, out _);
    }

    /// <summary>A link to the trace of a file; none when it is not known.</summary>
    public static IReadOnlyList<ActivityLink> LinksTo(long fileId) => Contexts.TryGetValue(fileId, out var context) ? [new ActivityLink(context)] : [];
}
