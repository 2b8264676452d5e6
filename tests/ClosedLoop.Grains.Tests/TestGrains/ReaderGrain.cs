namespace ClosedLoop.Grains.Tests;

public sealed class ReaderGrain : Grain, IReaderGrain
{
    private readonly TaskCompletionSource _all = new();
    private int _inside;

    public async Task ReadTogether(int readers)
    {
        if (++_inside == readers)
            _all.SetResult();
        await _all.Task;
    }

    public async Task ReadHeld()
    {
        var probe = Probe.Of(this.GetPrimaryKeyString());
        probe.Signal("reading");
        await probe.WaitAsync("release");
        probe.Note("read");
    }

    public Task Write()
    {
        Probe.Of(this.GetPrimaryKeyString()).Note("written");
        return Task.CompletedTask;
    }
}
