using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>What a comment leaves behind.</summary>
internal sealed class VoidNode : Node
{
    private VoidNode(bool isBlank) => IsBlank = isBlank;

    public static VoidNode Blank { get; } = new(isBlank: true);

    /// <summary>Writes nothing, but keeps the white space around it alive.</summary>
    public static VoidNode Visible { get; } = new(isBlank: false);

    public override bool IsBlank { get; }

    public override Completion Render(RenderContext context, ref Utf8Writer output) => Completion.Normal;

    public override Node Bind(BindContext context) => BlockNode.Nothing;
}
