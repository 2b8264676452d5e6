namespace ClosedLoop.Grains.Tests;

[Reentrant]
public sealed class ReentrantGrain : Grain, IReentrantGrain
{
    private readonly TaskCompletionSource _other = new();
    private int _count;

    public Task WaitForOther() => _other.Task;

    public Task SignalOther()
    {
        _other.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task AddManyAcrossAwaits(int times)
    {
        for (var i = 0; i < times; i++)
        {
            // Without one thread at a time this loses counts.
            _count++;
            await Task.Yield();
        }
    }

    public Task<int> Get() => Task.FromResult(_count);

    public async Task<int> CallMyself(int depth) =>
        depth == 0 ? 0 : 1 + await GrainFactory.GetGrain<IReentrantGrain>(this.GetPrimaryKeyString()).CallMyself(depth - 1);
}
