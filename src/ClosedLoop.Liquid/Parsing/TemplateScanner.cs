namespace ClosedLoop.Liquid.Parsing;

/// <summary>
/// Cuts a template into tokens. An output ends at the first <c>}</c>, doubled or not, and an output with a tag inside swallows
/// the tag; comments, <c>raw</c> and <c>doc</c> depend on exactly these cuts.
/// </summary>
internal sealed class TemplateScanner(string text)
{
    private int _at;

    public bool TryNext(out Token token)
    {
        if (_at >= text.Length)
        {
            token = default;
            return false;
        }

        var start = _at;
        var kind = KindAt(start);
        _at = kind switch
        {
            TokenKind.Tag => EndOfTag(start),
            TokenKind.Output => EndOfOutput(start),
            _ => EndOfText(start),
        };
        token = new Token(kind, start, _at);
        return true;
    }

    private TokenKind KindAt(int at)
    {
        if (text[at] != '{' || at + 1 >= text.Length)
        {
            return TokenKind.Text;
        }

        return text[at + 1] switch
        {
            '%' => TokenKind.Tag,
            '{' => TokenKind.Output,
            _ => TokenKind.Text,
        };
    }

    private int EndOfText(int start)
    {
        for (var at = start; ; at++)
        {
            at = text.IndexOf('{', at);
            if (at < 0)
            {
                return text.Length;
            }

            if (KindAt(at) != TokenKind.Text)
            {
                return at;
            }
        }
    }

    private int EndOfTag(int start)
    {
        var end = text.IndexOf("%}", start + 2, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + 2;
    }

    private int EndOfOutput(int start)
    {
        for (var at = start + 2; ; at++)
        {
            at = text.AsSpan(Math.Min(at, text.Length)).IndexOfAny('{', '}') is var found and >= 0 ? at + found : -1;
            if (at < 0)
            {
                return text.Length;
            }

            if (text[at] == '}')
            {
                return at + 1 < text.Length && text[at + 1] == '}' ? at + 2 : at + 1;
            }

            if (at + 1 < text.Length && text[at + 1] == '%')
            {
                return EndOfTag(at);
            }
        }
    }
}
