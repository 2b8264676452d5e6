using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>Nodes one after the other.</summary>
internal sealed partial class BlockNode : Node
{
    private readonly Node[] _nodes;
    private readonly BlockStep[] _steps;
    private readonly BlockCost _cost;

    private BlockNode(Node[] nodes, BlockCost cost)
    {
        _nodes = nodes;
        _steps = BlockStep.Fuse(nodes);
        _cost = cost;
    }

    public static BlockNode Nothing { get; } = new([], default);

    public override bool IsBlank => Array.TrueForAll(_nodes, n => n.IsBlank);

    public override bool IsConstant => Array.TrueForAll(_nodes, n => n.IsConstant);

    public override IEnumerable<Node> Children => _nodes;

    /// <summary>Flattens blocks inside the block and joins neighbouring constant output. Each node that is left costs a step.</summary>
    public static Node Create(IEnumerable<Node> nodes) => Create(nodes, cost: null);

    /// <summary>The same for nodes that were bound: the block goes on to cost what it did before, besides what was flattened into it.</summary>
    public static Node Create(IEnumerable<Node> nodes, BlockCost? cost)
    {
        var result = new List<Node>();
        var text = new List<byte[]>();
        var flattened = default(BlockCost);
        foreach (var node in nodes)
        {
            Add(result, text, node, ref flattened);
        }

        FlushText(result, text);
        if (cost is null && result.Count > 1)
        {
            return new BlockNode([.. result], new BlockCost(result.Count, 0));
        }

        var total = cost.GetValueOrDefault() + flattened;
        return result.Count switch
        {
            0 when total == default => Nothing,
            1 when total == default => result[0],
            _ => new BlockNode([.. result], total),
        };
    }

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        context.Budget.Take(_cost);
        return RenderFrom(0, context, ref output);
    }

    public override Node Bind(BindContext context) => Create(_nodes.Select(n => n.Bind(context)), _cost);

    private static void Add(List<Node> result, List<byte[]> text, Node node, ref BlockCost cost)
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
                cost += block._cost;
                foreach (var inner in block._nodes)
                {
                    Add(result, text, inner, ref cost);
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
