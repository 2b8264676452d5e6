namespace ClosedLoop.Grains.Tests;

public sealed class CounterGrain : Grain, ICounterGrain
{
    private readonly List<int> _appended = [];
    private int _count;

    public static AsyncLocal<string?> AmbientValue { get; } = new();

    public Task<int> Add(int number) => Task.FromResult(_count += number);

    public async Task AddAcrossAwait()
    {
        var before = _count;
        await Task.Delay(1);
        _count = before + 1;
    }

    public Task<int> Get() => Task.FromResult(_count);

    public async Task Hold()
    {
        var probe = Probe.Of(this.GetPrimaryKeyString());
        probe.Signal("held");
        await probe.WaitAsync("release");
        probe.Note("released");
        _count++;
    }

    public Task Append(int number)
    {
        _appended.Add(number);
        return Task.CompletedTask;
    }

    public Task<List<int>> Appended() => Task.FromResult(_appended);

    public Task<string?> Ambient() => Task.FromResult(AmbientValue.Value);

    public Task<int> Look() => Task.FromResult(_count);
}
