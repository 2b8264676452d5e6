using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A part of a compiled template. Immutable, so that any number of renders may share it.</summary>
internal abstract class Node
{
    /// <summary>True when the node itself writes nothing that is seen; a block of blank nodes and white space writes nothing at all.</summary>
    public virtual bool IsBlank => false;

    /// <summary>Every render writes the same bytes.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Nodes inside this one.</summary>
    public virtual IEnumerable<Node> Children => [];

    public abstract Completion Render(RenderContext context, ref Utf8Writer output);

    /// <summary>The columns suffice, so <see cref="TryFill"/> is worth trying.</summary>
    public virtual bool MayFill => false;

    /// <summary>
    /// Renders from the columns alone into room that may or may not suffice, and returns the bytes used. -1 when that cannot be done: then
    /// <see cref="Render"/> has to, and what stands in the room means nothing. Bytes of the room behind those used may be overwritten.
    /// </summary>
    public virtual int TryFill(LiquidRow row, scoped Span<byte> room, ref BlockCost cost) => -1;

    /// <summary>The same node with everything resolved that is known before rendering.</summary>
    public virtual Node Bind(BindContext context) => this;

    /// <summary>This node and all inside it.</summary>
    public long Count() => 1 + Children.Sum(c => c.Count());

    /// <summary>What all blocks in here take from the limits when each is rendered once.</summary>
    public virtual BlockCost TotalCost() => Children.Aggregate(default(BlockCost), (sum, c) => sum + c.TotalCost());

    /// <summary>True when this node or one inside it fulfils the condition.</summary>
    public bool Any(Func<Node, bool> condition) => condition(this) || Children.Any(c => c.Any(condition));
}
