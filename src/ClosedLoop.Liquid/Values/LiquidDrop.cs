namespace ClosedLoop.Liquid.Values;

/// <summary>An object of the engine whose properties templates may read.</summary>
internal abstract class LiquidDrop
{
    /// <summary>The property's value; nil for names the drop does not know.</summary>
    public abstract LiquidValue Get(string name);
}
