namespace ClosedLoop.Liquid.Parsing;

/// <summary>Cuts the inside of a tag into words and signs.</summary>
internal sealed class MarkupLexer
{
    private readonly SourceText _source;
    private readonly Markup _markup;
    private readonly string _text;
    private int _at;

    private MarkupLexer(SourceText source, Markup markup)
    {
        _source = source;
        _markup = markup;
        _text = markup.Text;
    }

    /// <summary>The tokens, the last of which is the end.</summary>
    /// <exception cref="LiquidParseException">A character that means nothing here, or a string without its end.</exception>
    public static List<MarkupToken> Tokenize(SourceText source, Markup markup)
    {
        var lexer = new MarkupLexer(source, markup);
        var tokens = new List<MarkupToken>();
        while (lexer.TryNext(tokens.Count > 0 && tokens[^1].Kind == MarkupKind.Dot, out var token))
        {
            tokens.Add(token);
        }

        tokens.Add(new MarkupToken(MarkupKind.End, "", markup.Position + markup.Text.Length));
        return tokens;
    }

    private bool TryNext(bool afterDot, out MarkupToken token)
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r' or '\n' or '\f' or '\v')
        {
            _at++;
        }

        if (_at >= _text.Length)
        {
            token = default;
            return false;
        }

        var start = _at;
        var kind = Read(_text[_at]);
        var text = _text[start.._at];
        if (kind == MarkupKind.Identifier && text == "contains" && !afterDot)
        {
            kind = MarkupKind.Comparison;
        }

        token = new MarkupToken(kind, text, _markup.Position + start);
        return true;
    }

    private MarkupKind Read(char c)
    {
        switch (c)
        {
            case '\'' or '"':
                var end = _text.IndexOf(c, _at + 1);
                if (end < 0)
                {
                    throw Error($"a string without its closing {c}", $"{c} before the end of the tag");
                }

                _at = end + 1;
                return MarkupKind.String;
            case '=' or '!':
                if (Peek(1) != '=')
                {
                    throw Error($"the character '{c}'", c == '=' ? "'=='" : "'!='");
                }

                return Take(2, MarkupKind.Comparison);
            case '<' or '>':
                return Take(Peek(1) == '=' || (c == '<' && Peek(1) == '>') ? 2 : 1, MarkupKind.Comparison);
            case '.':
                return Peek(1) == '.' ? Take(2, MarkupKind.DotDot) : Take(1, MarkupKind.Dot);
            case '-' when char.IsAsciiDigit(Peek(1)):
                _at++;
                return ReadNumber();
            case '-':
                return Take(1, MarkupKind.Dash);
            case '|':
                return Take(1, MarkupKind.Pipe);
            case ':':
                return Take(1, MarkupKind.Colon);
            case ',':
                return Take(1, MarkupKind.Comma);
            case '[':
                return Take(1, MarkupKind.OpenSquare);
            case ']':
                return Take(1, MarkupKind.CloseSquare);
            case '(':
                return Take(1, MarkupKind.OpenRound);
            case ')':
                return Take(1, MarkupKind.CloseRound);
            case '?':
                return Take(1, MarkupKind.Question);
            default:
                return ReadWord(c);
        }
    }

    private MarkupKind ReadWord(char c)
    {
        if (char.IsAsciiDigit(c))
        {
            return ReadNumber();
        }

        if (!char.IsAsciiLetter(c) && c != '_')
        {
            throw Error($"the character '{c}'", "a name, a number, a string or a sign of the language");
        }

        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-'))
        {
            _at++;
        }

        if (Peek(0) == '?')
        {
            _at++;
        }

        return MarkupKind.Identifier;
    }

    private MarkupKind ReadNumber()
    {
        SkipDigits();
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            SkipDigits();
        }

        return MarkupKind.Number;
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
        {
            _at++;
        }
    }

    private MarkupKind Take(int length, MarkupKind kind)
    {
        _at += length;
        return kind;
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private LiquidParseException Error(string problem, string expected) =>
        new(LiquidErrorCode.Syntax, problem, expected, _source, _markup.Position + _at);
}
