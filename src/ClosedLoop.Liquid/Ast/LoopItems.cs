using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>The elements a loop runs over: a window on an array, hash or range that copies nothing.</summary>
internal readonly struct LoopItems
{
    private readonly LiquidValue _collection;
    private readonly long _from;

    private LoopItems(in LiquidValue collection, long from, long count)
    {
        _collection = collection;
        _from = from;
        Count = count;
    }

    public long Count { get; }

    /// <summary>Opens the window.</summary>
    /// <param name="collection">A text counts as one element, other values that are no collection as none.</param>
    /// <param name="from">Elements left out at the start.</param>
    /// <param name="limit">Most elements, or null for all.</param>
    public static LoopItems Create(in LiquidValue collection, long from, long? limit)
    {
        if (collection.IsText)
        {
            // A text is taken whole, whatever offset and limit say.
            return new LoopItems(collection, 0, collection.ToText().Length == 0 ? 0 : 1);
        }

        var total = collection.Kind switch
        {
            LiquidKind.Array => collection.Array.Length,
            LiquidKind.Hash => collection.Hash.Count,
            LiquidKind.Range => collection.Range.Count,
            _ => 0,
        };
        var to = limit is { } most ? Math.Min(total, from + most) : total;
        from = Math.Max(from, 0);
        return new LoopItems(collection, from, Math.Max(0, to - from));
    }

    public LiquidValue At(long index) => _collection.Kind switch
    {
        LiquidKind.Array => _collection.Array[_from + index],
        LiquidKind.Hash => _collection.Hash.PairAt((int)(_from + index)),
        LiquidKind.Range => LiquidValue.FromInteger(_collection.Range.Start + _from + index),
        _ => _collection,
    };
}
