using ClosedLoop.Liquid.Filters.Utf8;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A piece of constant output and what follows it: a column, another node, or nothing. Most of a mail consists of these.</summary>
internal readonly record struct BlockStep(PaddedBytes Text, int Slot, int Longest, Utf8Filter? Filter, Node? Node, bool MayFill)
{
    /// <summary>Something follows the constant.</summary>
    public bool HasMore => Node is not null;

    public static BlockStep[] Fuse(Node[] nodes)
    {
        var steps = new List<BlockStep>();
        byte[] text = [];
        foreach (var node in nodes)
        {
            if (node is TextNode constant)
            {
                // Neighbouring constants were joined before, so there is at most one.
                text = constant.Bytes;
                continue;
            }

            var padded = new PaddedBytes(text);
            steps.Add(node is SlotNode slot
                ? new BlockStep(padded, slot.Slot, slot.Longest, slot.Filter, slot.Fallback, MayFill: true)
                : new BlockStep(padded, Slot: -1, 0, Filter: null, node, node.MayFill));
            text = [];
        }

        if (text.Length > 0)
        {
            steps.Add(new BlockStep(new PaddedBytes(text), Slot: -1, 0, Filter: null, Node: null, MayFill: true));
        }

        return [.. steps];
    }
}
