using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>
/// Reads a property of an array's element the way Ruby's <c>[]</c> does: a text contains its property or not, a whole number takes
/// none, and nil, true, false and fractions have no properties at all.
/// </summary>
internal static class ItemReader
{
    public static bool HasProperties(in LiquidValue item) => item.Kind is LiquidKind.Hash or LiquidKind.String
        or LiquidKind.Slot or LiquidKind.Integer or LiquidKind.BigInteger or LiquidKind.Array or LiquidKind.Drop;

    /// <summary>False when the element has no properties.</summary>
    /// <exception cref="LiquidRenderException">It has, but not of this kind.</exception>
    public static bool TryGet(RenderContext context, in LiquidValue item, in LiquidValue property, out LiquidValue value)
    {
        value = LiquidValue.Nil;
        if (property.Kind == LiquidKind.Float && item.Kind != LiquidKind.Hash && Math.Abs(property.Float) < int.MaxValue)
        {
            return TryGet(context, item, LiquidValue.FromInteger((long)property.Float), out value);
        }

        switch (item.Kind)
        {
            case LiquidKind.Hash or LiquidKind.Drop:
                value = PathWalker(item, property);
                return true;
            case LiquidKind.String or LiquidKind.Slot when property.IsText:
                value = item.ToText().Contains(property.ToText(), StringComparison.Ordinal) ? property : LiquidValue.Nil;
                return true;
            case LiquidKind.String or LiquidKind.Slot when property.Kind == LiquidKind.Integer:
                var character = Characters.Slice(item.ToText(), property.Integer, 1);
                value = string.IsNullOrEmpty(character) ? LiquidValue.Nil : LiquidValue.FromString(character);
                return true;
            case LiquidKind.Integer when property.Kind == LiquidKind.Integer:
                var bit = property.Integer is >= 0 and < 64 ? (item.Integer >> (int)property.Integer) & 1 : property.Integer < 0 || item.Integer >= 0 ? 0 : 1;
                value = LiquidValue.FromInteger(bit);
                return true;
            case LiquidKind.String or LiquidKind.Slot or LiquidKind.Integer or LiquidKind.BigInteger or LiquidKind.Array when !property.IsNil:
                throw context.Error(LiquidErrorCode.InvalidArgument, $"an element ({item.ToText()}) without the property '{property.ToText()}'", "objects, or another property");
            default:
                // An unknown name as the property selects nothing, whatever the elements are.
                return false;
        }
    }

    private static LiquidValue PathWalker(in LiquidValue item, in LiquidValue property)
    {
        if (!property.IsText)
        {
            return LiquidValue.Nil;
        }

        return item.Kind == LiquidKind.Hash ? item.Hash[property.ToText()] : item.Drop.Get(property.ToText());
    }
}
