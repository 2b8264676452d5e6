namespace ClosedLoop.Grains.Tests;

[Alias("tests.ICounterGrain")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task<int> Add(int number);

    [Alias("AddAcrossAwait")]
    Task AddAcrossAwait();

    [Alias("Get")]
    Task<int> Get();

    [Alias("Hold")]
    Task Hold();

    [Alias("Append")]
    Task Append(int number);

    [Alias("Appended")]
    Task<List<int>> Appended();

    [Alias("Ambient")]
    Task<string?> Ambient();

    [Alias("Look")]
    [AlwaysInterleave]
    Task<int> Look();
}
