namespace ClosedLoop.Grains.Tests;

[Alias("tests.IReaderGrain")]
public interface IReaderGrain : IGrainWithStringKey
{
    [ReadOnly]
    [Alias("ReadTogether")]
    Task ReadTogether(int readers);

    [ReadOnly]
    [Alias("ReadHeld")]
    Task ReadHeld();

    [Alias("Write")]
    Task Write();
}
