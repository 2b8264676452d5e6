namespace ClosedLoop.Silo.Demo;

/// <summary>One equation that must hold between two books.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Expected">The one book.</param>
/// <param name="Found">The other.</param>
internal sealed record DemoCheck(string What, long Expected, long Found)
{
    public bool Ok => Expected == Found;
}
