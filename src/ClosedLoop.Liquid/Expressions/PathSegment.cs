using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary>One step of a path: <c>.name</c>, or <c>[index]</c>.</summary>
internal sealed class PathSegment(string? name, Expression? index)
{
    // Renders share it without a lock: whatever one of them leaves here, the hash checks before it believes it.
    private int _hint;

    /// <summary>The name after a dot; null for an index.</summary>
    public string? Name => name;

    /// <summary>The expression in brackets; null for a name.</summary>
    public Expression? Index => index;

    /// <summary>Reads the name from a hash.</summary>
    public bool TryGet(LiquidHash hash, out LiquidValue value) => hash.TryGet(name!, ref _hint, out value);
}
