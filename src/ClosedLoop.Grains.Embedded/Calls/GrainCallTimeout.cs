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
        if (CycleOf(call) is { } cycle)
            text += $" The calls wait for each other: {cycle}. Break the circle, or mark a method AlwaysInterleave or the class Reentrant.";
        return new TimeoutException(text);
    }

    /// <summary>The chain of calls from the one that holds the target up to this one, when there is such a circle.</summary>
    private static string? CycleOf(GrainCall call)
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
