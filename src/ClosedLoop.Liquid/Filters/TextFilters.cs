using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Filters on text.</summary>
internal static class TextFilters
{
    private static readonly char[] Blanks = ['\0', ' ', '\t', '\n', '\v', '\f', '\r'];

    public static IEnumerable<FilterDefinition> All { get; } =
    [
        new("size", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Size(input)),
        new("downcase", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Text(CaseMapping.Map(input.ToText(), upperFirst: false, upperRest: false))),
        new("upcase", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Text(CaseMapping.Map(input.ToText(), upperFirst: true, upperRest: true))),
        new("capitalize", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Text(CaseMapping.Map(input.ToText(), upperFirst: true, upperRest: false))),
        new("strip", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Text(input.ToText().Trim(Blanks))),
        new("lstrip", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Text(input.ToText().TrimStart(Blanks))),
        new("rstrip", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Text(input.ToText().TrimEnd(Blanks))),
        new("squish", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => input.IsNil ? input : Text(string.Join(' ', Words.Split(input.ToText())))),
        new("append", 1, 1, Append),
        new("prepend", 1, 1, Prepend),
        new("slice", 1, 2, Slice),
        new("truncate", 0, 2, Truncate),
        new("truncatewords", 0, 2, TruncateWords),
        new("split", 1, 1, Split),
        new("default", 0, 2, Default),
        new("raw", 0, 0, (RenderContext _, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => input.IsText ? LiquidValue.FromMarkup(input.ToText()) : input) { MakesMarkup = true },
    ];

    private static LiquidValue Text(string text) => LiquidValue.FromString(text);

    private static LiquidValue Size(in LiquidValue input)
    {
        var size = CollectionSize.Of(input);
        return size.IsNil ? LiquidValue.FromInteger(0) : size;
    }

    private static LiquidValue Append(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var (first, second) = (input.ToText(), arguments[0].ToText());
        context.Budget.CheckText((long)first.Length + second.Length);
        return Text(first + second);
    }

    private static LiquidValue Prepend(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var (first, second) = (arguments[0].ToText(), input.ToText());
        context.Budget.CheckText((long)first.Length + second.Length);
        return Text(first + second);
    }

    private static LiquidValue Slice(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var start = ArgumentReader.ToInteger(context, arguments[0]);
        var length = arguments.Length > 1 && arguments[1].IsTruthy ? ArgumentReader.ToInteger(context, arguments[1]) : 1;
        if (input.Kind != LiquidKind.Array)
        {
            return Text(Characters.Slice(input.ToText(), start, length) ?? "");
        }

        var items = input.Array;
        start = start < 0 ? start + items.Length : start;
        if (start < 0 || start > items.Length || length < 0)
        {
            return LiquidValue.FromArray([]);
        }

        var end = length > items.Length - start ? items.Length : start + length;
        return LiquidValue.FromArray(items[(int)start..(int)end]);
    }

    private static LiquidValue Truncate(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var length = arguments.Length > 0 ? ArgumentReader.ToInteger(context, Given(input, arguments[0])) : 50;
        if (input.IsNil)
        {
            return input;
        }

        var text = input.ToText();
        var end = arguments.Length > 1 ? arguments[1].ToText() : "...";
        if (Characters.Count(text) <= length)
        {
            return Text(text);
        }

        var kept = Math.Max(0, length - Characters.Count(end));
        return Text(text[..Characters.OffsetOf(text, kept)] + end);
    }

    private static LiquidValue TruncateWords(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var count = arguments.Length > 0 ? ArgumentReader.ToInteger(context, Given(input, arguments[0])) : 15;
        if (input.IsNil)
        {
            return input;
        }

        var text = input.ToText();
        var words = Words.Split(text, (int)Math.Clamp(count, 1, int.MaxValue - 1));
        return words is null ? Text(text) : Text(string.Join(' ', words) + (arguments.Length > 1 ? arguments[1].ToText() : "..."));
    }

    /// <summary>With nil as input the arguments are not even looked at.</summary>
    private static LiquidValue Given(in LiquidValue input, in LiquidValue argument) => input.IsNil ? LiquidValue.FromInteger(0) : argument;

    private static LiquidValue Split(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var text = input.ToText();
        var separator = arguments[0].ToText();
        var parts = separator switch
        {
            " " => Words.Split(text),
            "" => [.. text.EnumerateRunes().Select(r => r.ToString())],
            _ => SplitPlain(text, separator),
        };
        context.Budget.CheckArray(parts.Count);
        return LiquidValue.FromArray([.. parts.Select(LiquidValue.FromString)]);
    }

    private static List<string> SplitPlain(string text, string separator)
    {
        var parts = new List<string>(text.Split(separator));
        while (parts.Count > 0 && parts[^1].Length == 0)
        {
            parts.RemoveAt(parts.Count - 1);
        }

        return parts;
    }

    private static LiquidValue Default(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        var replacement = arguments.Length > 0 ? arguments[0] : LiquidValue.EmptyString;
        var allowsFalse = arguments.Length > 1 && arguments[1].Kind == LiquidKind.Hash && arguments[1].Hash["allow_false"].IsTruthy;
        var isMissing = allowsFalse ? input.IsNil : !input.IsTruthy;
        return isMissing || IsEmpty(input) ? replacement : input;
    }

    private static bool IsEmpty(in LiquidValue value) => value.Kind switch
    {
        LiquidKind.String => value.String.Length == 0,
        LiquidKind.Slot => value.SlotBytes.IsEmpty,
        LiquidKind.Array => value.Array.Length == 0,
        LiquidKind.Hash => value.Hash.Count == 0,
        _ => false,
    };
}
