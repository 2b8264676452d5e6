using System.Diagnostics;

namespace ClosedLoop.Testing.Installations;

/// <summary>Waits on conditions: as long as it takes, but not for ever.</summary>
internal static class Eventually
{
    /// <summary>Generous, because a loaded machine is no fault of the code; a condition that holds costs nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <param name="what">What is waited for, as it would read after "no".</param>
    /// <param name="condition">Looked at until it holds.</param>
    /// <param name="watched">Processes that must live on meanwhile; their output is part of the failure.</param>
    public static Task ThatAsync(string what, Func<bool> condition, params ClosedLoopProcess[] watched) =>
        ThatAsync(what, () => Task.FromResult(condition()), watched);

    public static async Task ThatAsync(string what, Func<Task<bool>> condition, params ClosedLoopProcess[] watched)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            foreach (var process in watched) process.ThrowIfEnded(what);
            if (clock.Elapsed > Patience)
                throw new TimeoutException($"no {what} after {clock.Elapsed.TotalSeconds:0} s{Environment.NewLine}{string.Join(Environment.NewLine, watched.Select(process => process.Story))}");
            await Task.Delay(Look);
        }
    }
}
