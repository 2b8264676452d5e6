namespace ClosedLoop.Delivery.Rendering;

/// <summary>An HTML opening tag with its attributes, read so that Liquid inside an attribute value does not end it.</summary>
internal sealed class OpeningTag
{
    private readonly List<(string Name, AttributeValue Value)> _attributes = [];
    private readonly List<(string Name, int Start, int End)> _spans = [];

    /// <summary>Offset after the closing <c>&gt;</c>.</summary>
    public int End { get; private set; }

    /// <summary>Reads the tag whose <c>&lt;</c> is at <paramref name="at"/>; a tag that never closes ends with the source.</summary>
    public static OpeningTag Read(string source, int at)
    {
        var tag = new OpeningTag();
        at++;
        while (at < source.Length && char.IsLetterOrDigit(source[at])) at++;
        while (at < source.Length && source[at] != '>')
        {
            if (source[at] == '{')
            {
                at = SkipLiquid(source, at);
            }
            else if (char.IsLetter(source[at]))
            {
                var start = at;
                at = tag.ReadAttribute(source, at);
                tag.AddSpan(source, start, at);
            }
            else
            {
                at++;
            }
        }

        tag.End = Math.Min(at + 1, source.Length);
        return tag;
    }

    public AttributeValue? Find(string name)
    {
        foreach (var attribute in _attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase)) return attribute.Value;
        }

        return null;
    }

    /// <summary>Where an attribute stands, with its value if it has one and the white space before it; null when the tag has none of that name.</summary>
    public (int Start, int End)? SpanOf(string name)
    {
        foreach (var (attribute, start, end) in _spans)
        {
            if (string.Equals(attribute, name, StringComparison.OrdinalIgnoreCase)) return (start, end);
        }

        return null;
    }

    private int ReadAttribute(string source, int at)
    {
        var start = at;
        while (at < source.Length && (char.IsLetterOrDigit(source[at]) || source[at] is '-' or '_' or ':')) at++;
        var name = source[start..at];
        while (at < source.Length && char.IsWhiteSpace(source[at])) at++;
        if (at >= source.Length || source[at] != '=') return at;
        at++;
        while (at < source.Length && char.IsWhiteSpace(source[at])) at++;
        if (at >= source.Length) return at;
        var quote = source[at] is '"' or '\'' ? source[at] : '\0';
        if (quote != '\0') at++;
        var value = at;
        while (at < source.Length)
        {
            var c = source[at];
            if (c == '{')
            {
                at = SkipLiquid(source, at);
                continue;
            }

            if (quote != '\0' ? c == quote : char.IsWhiteSpace(c) || c == '>') break;
            at++;
        }

        _attributes.Add((name, new AttributeValue(value, at)));
        return quote != '\0' && at < source.Length ? at + 1 : at;
    }

    private void AddSpan(string source, int start, int end)
    {
        var name = start;
        while (name < end && (char.IsLetterOrDigit(source[name]) || source[name] is '-' or '_' or ':')) name++;

        // Without a value the white space behind the name was read, too: it divides what follows.
        while (end > name && char.IsWhiteSpace(source[end - 1])) end--;
        var from = start;
        while (char.IsWhiteSpace(source[from - 1])) from--;
        _spans.Add((source[start..name], from, end));
    }

    private static int SkipLiquid(string source, int at)
    {
        var close = at + 1 >= source.Length ? null : source[at + 1] switch { '{' => "}}", '%' => "%}", _ => null };
        if (close is null) return at + 1;
        var end = source.IndexOf(close, at + 2, StringComparison.Ordinal);
        return end < 0 ? source.Length : end + 2;
    }

    /// <summary>Where an attribute's value stands, without its quotes.</summary>
    internal readonly record struct AttributeValue(int Start, int End)
    {
        public string Text(string source) => source[Start..End];
    }
}
