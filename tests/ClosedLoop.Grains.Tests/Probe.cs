using System.Collections.Concurrent;

namespace ClosedLoop.Grains.Tests;

/// <summary>
/// A test's window into a grain, found by the grain's key: both sides live in one process, whatever the engine.
/// </summary>
public sealed class Probe
{
    private static readonly ConcurrentDictionary<string, Probe> Probes = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _signals = new();
    private readonly ConcurrentQueue<string> _events = new();

    public IReadOnlyList<string> Events => [.. _events];

    public static Probe Of(string key) => Probes.GetOrAdd(key, static _ => new Probe());

    public static string NewKey() => $"key-{Guid.NewGuid()}";

    /// <summary>Waits for a condition, at most as long as a test is patient.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, "The condition did not come true.");
            await Task.Delay(5);
        }
    }

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public void Note(string what) => _events.Enqueue(what);

    public int Count(string what) => _events.Count(one => one == what);

    public void Signal(string name) => Named(name).TrySetResult();

    public bool IsSignalled(string name) => Named(name).Task.IsCompleted;

    public Task WaitAsync(string name) => Named(name).Task.WaitAsync(Patience);

    private TaskCompletionSource Named(string name) =>
        _signals.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
