namespace ClosedLoop.Grains.Embedded;

/// <summary>Words the time-out of a call so that its cause can be seen: still waiting or still running, and a chain that waits for itself.</summary>
internal static class GrainCallTimeout
{
    public static TimeoutException Describe(GrainCall call, TimeSpan limit, bool running, GrainCall? blocking)
    {
        var text = $"{call.Method.Name} of {call.Target} did not answer within {limit}. "
            + (running ? "It is still running, so its outcome is unknown." : "It was still waiting and will not be started.");
        if (!running && blocking is not null)
            text += $" The grain is busy with {blocking.Method.Name}.";
        if (CircleOf(call.Circle ?? call) is { } circle)
            text += $" The calls wait for each other: {circle}. Break the circle, or mark a method AlwaysInterleave or the class Reentrant.";
        return new TimeoutException(text);
    }

    /// <summary>Marks the callers of a call that has to wait, when one of them holds the grain it waits for.</summary>
    /// <remarks>Nothing is refused: the caller may not await the call, and then it runs later without harm.</remarks>
    public static void MarkCircle(GrainCall waiting)
    {
        var holder = waiting.Caller;
        while (holder is not null && holder.Target != waiting.Target)
            holder = holder.Caller;
        if (holder is null)
            return;
        for (var caller = waiting.Caller; caller is not null; caller = caller.Caller)
        {
            caller.Circle = waiting;
            if (ReferenceEquals(caller, holder))
                return;
        }
    }

    /// <summary>The chain of calls from the one that holds the target up to this one, when there is such a circle.</summary>
    private static string? CircleOf(GrainCall call)
    {
        var chain = new List<string> { $"{call.Target} {call.Method.Name}" };
        for (var caller = call.Caller; caller is not null; caller = caller.Caller)
        {
            chain.Add($"{caller.Target} {caller.Method.Name}");
            if (caller.Target == call.Target)
            {
                chain.Reverse();
                return string.Join(" -> ", chain);
            }
        }

        return null;
    }
}
