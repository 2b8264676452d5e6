using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary>Reads properties and elements of values.</summary>
internal static class PathWalker
{
    public static LiquidValue Walk(LiquidValue value, PathSegment[] segments, int start, RenderContext context)
    {
        for (var i = start; i < segments.Length; i++)
        {
            var segment = segments[i];
            if (value.Kind == LiquidKind.Hash && segment.Name is not null && segment.TryGet(value.Hash, out var found))
            {
                value = found;
                continue;
            }

            value = segment.Name is { } name ? GetProperty(value, name) : GetElement(value, segment.Index!.Evaluate(context));
            if (value.IsNil)
            {
                return value;
            }
        }

        return value;
    }

    /// <summary>A name after a dot; <c>size</c>, <c>first</c> and <c>last</c> also work on values that have no such key.</summary>
    public static LiquidValue GetProperty(in LiquidValue value, string name)
    {
        switch (value.Kind)
        {
            case LiquidKind.Hash when value.Hash.TryGet(name, out var found):
                return found;
            case LiquidKind.Drop:
                return value.Drop.Get(name);
            case LiquidKind.Hash when name == "last":
                return LiquidValue.Nil;
            default:
                return name switch
                {
                    "size" => CollectionSize.Of(value),
                    "first" => CollectionEnds.First(value),
                    "last" => CollectionEnds.Last(value),
                    _ => LiquidValue.Nil,
                };
        }
    }

    /// <summary>An index in brackets: keys of hashes, positions of arrays (from the end when negative).</summary>
    public static LiquidValue GetElement(in LiquidValue value, in LiquidValue index)
    {
        switch (value.Kind)
        {
            case LiquidKind.Hash:
                return index.IsText ? value.Hash[index.ToText()] : LiquidValue.Nil;
            case LiquidKind.Array when index.Kind == LiquidKind.Integer:
                var items = value.Array;
                var at = index.Integer < 0 ? index.Integer + items.Length : index.Integer;
                return at >= 0 && at < items.Length ? items[at] : LiquidValue.Nil;
            case LiquidKind.Drop when index.IsText:
                return value.Drop.Get(index.ToText());
            default:
                return LiquidValue.Nil;
        }
    }
}
