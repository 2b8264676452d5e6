namespace ClosedLoop.Liquid.Escaping;

/// <summary>The tokenizer's state; a value, so that branches of a template can be compared.</summary>
internal readonly record struct HtmlState()
{
    public HtmlSpot Spot { get; init; }

    /// <summary>Name of the tag being read, in small letters and with <c>/</c> in front of an end tag; or of the element whose content is raw.</summary>
    public string Element { get; init; } = "";

    public string Attribute { get; init; } = "";

    /// <summary>Quote around the value being read; NUL for none.</summary>
    public char Quote { get; init; }

    /// <summary>The unquoted value has begun.</summary>
    public bool HasValue { get; init; }

    public ValueKind Kind { get; init; }

    public UrlPart Url { get; init; }

    /// <summary>Literal beginning of a URL as long as it may still be a scheme; null once that is decided.</summary>
    public string? Scheme { get; init; }

    public CssSpot Css { get; init; }

    /// <summary>Value of the attribute <c>type</c> of the <c>script</c> tag being read.</summary>
    public string ScriptType { get; init; } = "";

    /// <summary>The tag being read is a <c>meta</c> that acts like a header.</summary>
    public bool IsHeader { get; init; }

    /// <summary>The last characters, where an end is recognised by several.</summary>
    public string Tail { get; init; } = "";

    public bool IsBetweenAttributes => Spot is HtmlSpot.InTag or HtmlSpot.AttributeName or HtmlSpot.AfterAttributeName;

    /// <summary>Where a template may go on after either of two states. Two that do not fit together make an unknown one.</summary>
    public static HtmlState Join(in HtmlState left, in HtmlState right)
    {
        if (left.Equals(right)) return left;
        if (left.Spot == HtmlSpot.Text && right.Spot == HtmlSpot.Text) return new HtmlState();
        if (left.IsBetweenAttributes && right.IsBetweenAttributes && left.Element == right.Element)
        {
            return left with
            {
                Spot = HtmlSpot.InTag,
                Attribute = "",
                Quote = '\0',
                HasValue = false,
                Kind = ValueKind.Plain,
                Url = UrlPart.Begin,
                Scheme = null,
                Css = CssSpot.Plain,
                Tail = "",
                IsHeader = left.IsHeader || right.IsHeader,
                ScriptType = left.ScriptType == right.ScriptType ? left.ScriptType : "?",
            };
        }

        // The stricter part of the two: nothing that is safe there can begin a scheme or leave the value.
        var joined = left with { Url = left.Url > right.Url ? left.Url : right.Url, Scheme = null, Tail = "", HasValue = left.HasValue || right.HasValue };
        if (joined.Equals(right with { Url = joined.Url, Scheme = null, Tail = "", HasValue = joined.HasValue }))
        {
            return joined;
        }

        return new HtmlState { Spot = HtmlSpot.Unknown };
    }
}
