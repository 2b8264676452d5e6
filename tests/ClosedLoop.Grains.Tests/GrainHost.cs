namespace ClosedLoop.Grains.Tests;

/// <summary>A running engine with the test grains, whichever engine the tests were compiled for.</summary>
public abstract class GrainHost : IAsyncDisposable
{
    /// <summary>Short, so that a test of a time-out does not take half a minute; long enough for a slow machine.</summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(3);

    public abstract IGrainFactory Grains { get; }

    /// <summary>Ends the engine as the end of the process would.</summary>
    public abstract Task StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        GC.SuppressFinalize(this);
    }
}
