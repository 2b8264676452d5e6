namespace ClosedLoop.Liquid.Escaping;

/// <summary>
/// Follows the constant parts of a template through HTML, one byte after the other, as far as it takes to know where the next output
/// stands (HTML standard, section 13.2.5). Bytes beyond ASCII count as letters.
/// </summary>
internal static partial class HtmlTokenizer
{
    /// <summary>Longer names mean nothing to anybody, and collecting them letter by letter would take quadratic time.</summary>
    private const int MaxName = 64;

    public static HtmlState Read(HtmlState state, ReadOnlySpan<byte> text)
    {
        foreach (var b in text) state = Step(state, (char)b);
        return state;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\f' or '\r';

    private static HtmlState Step(in HtmlState s, char c) => s.Spot switch
    {
        HtmlSpot.Text => c == '<' ? s with { Spot = HtmlSpot.TagOpen } : s,
        HtmlSpot.TagOpen => OpenTag(s, c),
        HtmlSpot.TagName => NameTag(s, c),
        HtmlSpot.InTag => BetweenAttributes(s, c),
        HtmlSpot.AttributeName => NameAttribute(s, c),
        HtmlSpot.AfterAttributeName => IsBlank(c) ? s : c == '=' ? s with { Spot = HtmlSpot.BeforeValue } : BetweenAttributes(s, c),
        HtmlSpot.BeforeValue => BeginValue(s, c),
        HtmlSpot.Value => InValue(s, c),
        HtmlSpot.Declaration => Declare(s, c),
        HtmlSpot.Comment => Comment(s, c),
        HtmlSpot.RawText => Raw(s, c),
        _ => s,
    };

    private static HtmlState OpenTag(in HtmlState s, char c) => c switch
    {
        '!' => s with { Spot = HtmlSpot.Declaration, Tail = "" },
        '?' => s with { Spot = HtmlSpot.Declaration, Tail = "?" },
        '/' when s.Element.Length == 0 => s with { Element = "/" },
        '<' => new HtmlState { Spot = HtmlSpot.TagOpen },
        _ when char.IsAsciiLetter(c) => s with { Spot = HtmlSpot.TagName, Element = s.Element + char.ToLowerInvariant(c) },
        '>' => new HtmlState(),
        _ when s.Element.Length > 0 => s with { Spot = HtmlSpot.Declaration, Element = "", Tail = "?" },
        _ => new HtmlState(),
    };

    private static HtmlState NameTag(in HtmlState s, char c) => c switch
    {
        '>' => CloseTag(s),
        '/' => s with { Spot = HtmlSpot.InTag },
        _ when IsBlank(c) => s with { Spot = HtmlSpot.InTag },
        _ => s.Element.Length < MaxName ? s with { Element = s.Element + char.ToLowerInvariant(c) } : s,
    };

    private static HtmlState CloseTag(in HtmlState s) => HtmlNames.IsRaw(s.Element)
        ? new HtmlState { Spot = HtmlSpot.RawText, Element = s.Element, Kind = HtmlNames.KindOfContent(s.Element, s.ScriptType) }
        : new HtmlState();

    private static HtmlState BetweenAttributes(in HtmlState s, char c) => c switch
    {
        '>' => CloseTag(s),
        '/' => s with { Spot = HtmlSpot.InTag },
        '=' => s with { Spot = HtmlSpot.BeforeValue, Attribute = "" },
        _ when IsBlank(c) => s,
        _ => s with { Spot = HtmlSpot.AttributeName, Attribute = char.ToLowerInvariant(c).ToString() },
    };

    private static HtmlState NameAttribute(in HtmlState s, char c) => c switch
    {
        '>' => CloseTag(s),
        '/' => s with { Spot = HtmlSpot.InTag },
        '=' => s with { Spot = HtmlSpot.BeforeValue },
        _ when IsBlank(c) => s with { Spot = HtmlSpot.AfterAttributeName },
        _ => s.Attribute.Length < MaxName ? s with { Attribute = s.Attribute + char.ToLowerInvariant(c) } : s,
    };

    private static HtmlState Declare(in HtmlState s, char c)
    {
        if (c == '>') return new HtmlState();
        if (s.Tail == "-" && c == '-') return new HtmlState { Spot = HtmlSpot.Comment };
        return s.Tail.Length == 0 ? s with { Tail = c == '-' ? "-" : "?" } : s.Tail == "-" ? s with { Tail = "?" } : s;
    }

    /// <summary>A comment that begins with <c>[</c> is Outlook's: what it encloses is HTML to that reader.</summary>
    private static HtmlState Comment(in HtmlState s, char c)
    {
        if (s.Tail.Length == 0 && c == '[') return new HtmlState { Spot = HtmlSpot.Declaration, Tail = "?" };
        if (c == '>' && (s.Tail is "" or "-" || s.Tail.EndsWith("--", StringComparison.Ordinal) || s.Tail.EndsWith("--!", StringComparison.Ordinal))) return new HtmlState();
        return s with { Tail = Last(s.Tail + c, 3) };
    }

    private static HtmlState Raw(in HtmlState s, char c)
    {
        var end = "</" + s.Element;
        if ((IsBlank(c) || c is '>' or '/') && s.Tail.EndsWith(end, StringComparison.Ordinal))
        {
            return c == '>' ? new HtmlState() : new HtmlState { Spot = HtmlSpot.InTag, Element = "/" + s.Element };
        }

        var next = s.Kind switch { ValueKind.Css => Css(s, c), ValueKind.Json => Json(s, c), _ => s };
        return next with { Tail = Last(s.Tail + char.ToLowerInvariant(c), end.Length) };
    }

    private static string Last(string text, int length) => text.Length <= length ? text : text[^length..];
}
