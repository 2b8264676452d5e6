using ClosedLoop.Liquid.Ast;

namespace ClosedLoop.Liquid;

/// <summary>A template brought in by <c>include</c> or <c>render</c>.</summary>
internal sealed class Partial(SourceText source)
{
    public SourceText Source { get; } = source;

    public Node Body { get; set; } = BlockNode.Nothing;
}
