using System.Text;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Filters that exchange parts of a text.</summary>
internal static class ReplaceFilters
{
    public static IEnumerable<FilterDefinition> All { get; } =
    [
        new("replace", 1, 2, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => ReplaceAll(c, input, a[0], a.Length > 1 ? a[1] : default)),
        new("remove", 1, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => ReplaceAll(c, input, a[0], default)),
        new("replace_first", 1, 2, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => ReplaceOne(c, input, a[0], a.Length > 1 ? a[1] : default, last: false)),
        new("remove_first", 1, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => ReplaceOne(c, input, a[0], default, last: false)),
        new("replace_last", 2, 2, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => ReplaceOne(c, input, a[0], a[1], last: true)),
        new("remove_last", 1, 1, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> a) => ReplaceOne(c, input, a[0], default, last: true)),
    ];

    private static LiquidValue ReplaceAll(RenderContext context, in LiquidValue input, in LiquidValue pattern, in LiquidValue replacement)
    {
        var (text, old, fresh) = (input.ToText(), pattern.ToText(), replacement.ToText());
        if (old.Length == 0)
        {
            return LiquidValue.FromString(Interleave(context, text, fresh));
        }

        if (fresh.Length > old.Length)
        {
            var count = 0;
            for (var at = text.IndexOf(old, StringComparison.Ordinal); at >= 0; at = text.IndexOf(old, at + old.Length, StringComparison.Ordinal))
            {
                count++;
            }

            context.Budget.CheckText(text.Length + ((long)count * (fresh.Length - old.Length)));
        }

        return LiquidValue.FromString(text.Replace(old, fresh, StringComparison.Ordinal));
    }

    /// <summary>The empty text is found before, between and after all characters.</summary>
    private static string Interleave(RenderContext context, string text, string filling)
    {
        if (filling.Length == 0)
        {
            return text;
        }

        context.Budget.CheckText(text.Length + ((text.Length + 1L) * filling.Length));
        var result = new StringBuilder(filling);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune).Append(filling);
        }

        return result.ToString();
    }

    private static LiquidValue ReplaceOne(RenderContext context, in LiquidValue input, in LiquidValue pattern, in LiquidValue replacement, bool last)
    {
        var (text, old, fresh) = (input.ToText(), pattern.ToText(), replacement.ToText());
        var at = last
            ? old.Length == 0 ? text.Length : text.LastIndexOf(old, StringComparison.Ordinal)
            : text.IndexOf(old, StringComparison.Ordinal);
        if (at < 0)
        {
            return LiquidValue.FromString(text);
        }

        context.Budget.CheckText((long)text.Length + fresh.Length);
        return LiquidValue.FromString(string.Concat(text.AsSpan(0, at), fresh, text.AsSpan(at + old.Length)));
    }
}
