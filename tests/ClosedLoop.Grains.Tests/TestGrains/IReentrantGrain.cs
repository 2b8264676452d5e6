namespace ClosedLoop.Grains.Tests;

[Alias("tests.IReentrantGrain")]
public interface IReentrantGrain : IGrainWithStringKey
{
    [Alias("WaitForOther")]
    Task WaitForOther();

    [Alias("SignalOther")]
    Task SignalOther();

    [Alias("AddManyAcrossAwaits")]
    Task AddManyAcrossAwaits(int times);

    [Alias("Get")]
    Task<int> Get();

    [Alias("CallMyself")]
    Task<int> CallMyself(int depth);
}
