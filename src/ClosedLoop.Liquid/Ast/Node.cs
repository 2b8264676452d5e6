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

    /// <summary>The same node with everything resolved that is known before rendering.</summary>
    public virtual Node Bind(BindContext context) => this;

    /// <summary>This node and all inside it.</summary>
    public long Count() => 1 + Children.Sum(c => c.Count());

    /// <summary>True when this node or one inside it fulfils the condition.</summary>
    public bool Any(Func<Node, bool> condition) => condition(this) || Children.Any(c => c.Any(condition));
}
