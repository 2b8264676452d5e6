namespace ClosedLoop.Liquid.Escaping;

internal static partial class HtmlTokenizer
{
    /// <summary>Longer words before a colon are no scheme that anything knows.</summary>
    private const int MaxScheme = 32;

    /// <summary>The state of a value that has just begun.</summary>
    public static HtmlState OpenValue(in HtmlState s, char quote) => s with
    {
        Spot = HtmlSpot.Value,
        Quote = quote,
        HasValue = false,
        Kind = HtmlNames.KindOfAttribute(s.Attribute, s.IsHeader),
        Url = UrlPart.Begin,
        Scheme = null,
        Css = CssSpot.Plain,
        Tail = "",
    };

    private static HtmlState BeginValue(in HtmlState s, char c) => c switch
    {
        '>' => CloseTag(s),
        '"' or '\'' => OpenValue(s, c),
        _ when IsBlank(c) => s,
        _ => InValue(OpenValue(s, '\0'), c),
    };

    private static HtmlState InValue(in HtmlState s, char c)
    {
        if (s.Quote != '\0' ? c == s.Quote : IsBlank(c) || c == '>')
        {
            var isHeader = s.IsHeader || s.Attribute == "http-equiv";
            var type = s is { Attribute: "type", Element: "script" } ? s.Tail : s.ScriptType;
            var closed = new HtmlState { Spot = HtmlSpot.InTag, Element = s.Element, IsHeader = isHeader, ScriptType = type };
            return c == '>' && s.Quote == '\0' ? CloseTag(closed) : closed;
        }

        var next = s.Kind switch
        {
            ValueKind.Url => Url(s, c),
            ValueKind.UrlList => IsBlank(c) || c == ',' ? s with { Url = UrlPart.Begin, Scheme = null } : Url(s, c),
            ValueKind.Css => Css(s, c),
            _ => s,
        };
        return next with { HasValue = true, Tail = Last(s.Tail + c, s is { Attribute: "type", Element: "script" } ? 64 : 4) };
    }

    private static HtmlState Url(in HtmlState s, char c)
    {
        switch (s.Url)
        {
            case UrlPart.Begin when IsBlank(c):
            case UrlPart.Query or UrlPart.Refused:
                return s;
            case UrlPart.Begin when c is not ('?' or '#'):
                return s with { Url = UrlPart.Path, Scheme = c is '/' ? null : char.ToLowerInvariant(c).ToString() };
        }

        if (c is '?' or '#') return s with { Url = UrlPart.Query, Scheme = null };
        if (s.Scheme is not { } scheme) return s;
        return c switch
        {
            ':' => s with { Url = HtmlNames.PartAfterScheme(scheme), Scheme = null },
            '/' => s with { Scheme = null },
            _ => s with { Scheme = scheme.Length < MaxScheme ? scheme + char.ToLowerInvariant(c) : scheme },
        };
    }

    private static HtmlState Css(in HtmlState s, char c)
    {
        var isEscaped = s.Tail.EndsWith('\\');
        switch (s.Css)
        {
            case CssSpot.Comment:
                return c == '/' && s.Tail.EndsWith('*') ? s with { Css = CssSpot.Plain } : s;
            case CssSpot.DoubleString when c == '"' && !isEscaped:
            case CssSpot.SingleString when c == '\'' && !isEscaped:
            case CssSpot.DoubleString or CssSpot.SingleString when c == '\n':
                return s with { Css = CssSpot.Plain };
            case CssSpot.Url when c == ')':
                return s with { Css = CssSpot.Plain };
            case CssSpot.Url when s.Url == UrlPart.Begin && c is '"' or '\'':
                return s with { Css = c == '"' ? CssSpot.DoubleUrl : CssSpot.SingleUrl };
            case CssSpot.DoubleUrl when c == '"':
            case CssSpot.SingleUrl when c == '\'':
                return s with { Css = CssSpot.Plain };
            case CssSpot.Url or CssSpot.DoubleUrl or CssSpot.SingleUrl:
                return Url(s, c);
            case CssSpot.Plain:
                return PlainCss(s, c);
            default:
                return s;
        }
    }

    private static HtmlState PlainCss(in HtmlState s, char c) => c switch
    {
        '"' => s with { Css = CssSpot.DoubleString },
        '\'' => s with { Css = CssSpot.SingleString },
        '*' when s.Tail.EndsWith('/') => s with { Css = CssSpot.Comment },
        '(' when s.Tail.EndsWith("url", StringComparison.OrdinalIgnoreCase) => s with { Css = CssSpot.Url, Url = UrlPart.Begin, Scheme = null },
        _ => s,
    };

    private static HtmlState Json(in HtmlState s, char c)
    {
        if (c != '"') return s;
        if (s.Css == CssSpot.Plain) return s with { Css = CssSpot.DoubleString };
        return s.Tail.EndsWith('\\') ? s : s with { Css = CssSpot.Plain };
    }
}
