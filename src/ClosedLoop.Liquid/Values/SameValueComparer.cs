namespace ClosedLoop.Liquid.Values;

/// <summary>Values as dictionary keys, by <see cref="LiquidValue.AreSame"/>.</summary>
internal sealed class SameValueComparer : IEqualityComparer<LiquidValue>
{
    public static SameValueComparer Instance { get; } = new();

    public bool Equals(LiquidValue x, LiquidValue y) => LiquidValue.AreSame(x, y);

    public int GetHashCode(LiquidValue obj) => obj.SameHashCode();
}
