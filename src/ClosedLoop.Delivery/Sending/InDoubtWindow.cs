namespace ClosedLoop.Delivery.Sending;

/// <summary>
/// Bounds how many recipients are claimed and not yet recorded, over all mailings of the process: exactly those a crash
/// can leave in doubt.
/// </summary>
internal sealed class InDoubtWindow : IDisposable
{
    private readonly SemaphoreSlim _groups;

    public InDoubtWindow(DeliveryOptions options)
    {
        GroupSize = Math.Clamp(options.GroupSize, 1, options.InDoubtWindow);
        _groups = new SemaphoreSlim(options.InDoubtWindow / GroupSize);
    }

    /// <summary>Most recipients one entrance is good for.</summary>
    public int GroupSize { get; }

    public Task EnterAsync() => _groups.WaitAsync();

    public void Leave() => _groups.Release();

    public void Dispose() => _groups.Dispose();
}
