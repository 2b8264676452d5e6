using ClosedLoop.Delivery.Rendering;

namespace ClosedLoop.Delivery.Products;

/// <summary>Product data while one message is rendered, and the marked blocks that are open.</summary>
internal sealed class ProductRun
{
    private readonly Stack<Block> _blocks = new();

    /// <summary>Null where there is no catalogue, as in a check.</summary>
    public ProductData? Data { get; private set; }

    public void Start(ProductData? data)
    {
        // A render that failed leaves its blocks open.
        _blocks.Clear();
        Data = data;
    }

    public void Begin(MessageState message) => _blocks.Push(new Block(message.Ordinal, message.Collected?.Count ?? 0));

    /// <summary>Something was not there: the innermost marked block goes.</summary>
    public void Miss()
    {
        if (_blocks.TryPeek(out var block)) block.IsMissed = true;
    }

    /// <summary>
    /// Ends a block. One that goes takes its links with it: their numbers are given again, here and whenever the message is rendered again, so that
    /// the links of a message have no gaps.
    /// </summary>
    /// <returns>Whether the block stays.</returns>
    public bool End(MessageState message)
    {
        if (_blocks.Pop() is not { IsMissed: true } block) return true;
        message.Ordinal = block.Ordinal;
        message.Collected?.RemoveRange(block.Links, message.Collected.Count - block.Links);
        return false;
    }

    private sealed class Block(int ordinal, int links)
    {
        public int Ordinal => ordinal;

        public int Links => links;

        public bool IsMissed { get; set; }
    }
}
