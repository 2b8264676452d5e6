namespace ClosedLoop.Grains.Tests;

/// <summary>Not a grain interface: a call cannot give its result at once.</summary>
internal interface IWrongGrain : IGrainWithStringKey
{
    int Now();
}

internal sealed class WrongGrain : Grain, IWrongGrain
{
    public int Now() => 0;
}
