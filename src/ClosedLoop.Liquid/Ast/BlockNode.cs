using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>Nodes one after the other.</summary>
internal sealed class BlockNode : Node
{
    private readonly Node[] _nodes;
    private readonly BlockStep[] _steps;

    private BlockNode(Node[] nodes)
    {
        _nodes = nodes;
        _steps = BlockStep.Fuse(nodes);
    }

    public static BlockNode Nothing { get; } = new([]);

    public override bool IsBlank => Array.TrueForAll(_nodes, n => n.IsBlank);

    public override IEnumerable<Node> Children => _nodes;

    /// <summary>Flattens blocks inside the block and joins neighbouring constant output.</summary>
    public static Node Create(IEnumerable<Node> nodes)
    {
        var result = new List<Node>();
        var text = new List<byte[]>();
        foreach (var node in nodes)
        {
            Add(result, text, node);
        }

        FlushText(result, text);
        return result.Count switch
        {
            0 => Nothing,
            1 => result[0],
            _ => new BlockNode([.. result]),
        };
    }

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        context.Budget.Step(_nodes.Length);
        var row = context.Row;
        foreach (ref readonly var step in _steps.AsSpan())
        {
            output.Write(step.Text);
            if (step.Slot >= 0 && row is not null && row.Utf8(step.Slot) is var text && text.Length <= step.Longest)
            {
                if (step.Filter is null)
                {
                    output.Write(text);
                }
                else
                {
                    step.Filter.Apply(text, ref output);
                }
            }
            else if (step.Node is not null)
            {
                var completion = step.Node.Render(context, ref output);
                if (completion != Completion.Normal)
                {
                    return completion;
                }
            }
        }

        return Completion.Normal;
    }

    public override Node Bind(BindContext context) => Create(_nodes.Select(n => n.Bind(context)));

    private static void Add(List<Node> result, List<byte[]> text, Node node)
    {
        switch (node)
        {
            case TextNode constant:
                if (constant.Bytes.Length > 0)
                {
                    text.Add(constant.Bytes);
                }

                break;
            case BlockNode block:
                foreach (var inner in block._nodes)
                {
                    Add(result, text, inner);
                }

                break;
            default:
                FlushText(result, text);
                result.Add(node);
                break;
        }
    }

    private static void FlushText(List<Node> result, List<byte[]> text)
    {
        if (text.Count > 0)
        {
            result.Add(new TextNode(text.Count == 1 ? text[0] : [.. text.SelectMany(t => t)]));
            text.Clear();
        }
    }
}
