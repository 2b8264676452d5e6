namespace ClosedLoop.Liquid.Parsing;

/// <summary>Steps through the words and signs of one tag.</summary>
internal sealed class MarkupReader
{
    private readonly SourceText _source;
    private readonly List<MarkupToken> _tokens;

    public MarkupReader(SourceText source, Markup markup)
    {
        _source = source;
        _tokens = MarkupLexer.Tokenize(source, markup);
    }

    public int Index { get; private set; }

    public MarkupToken Current => _tokens[Index];

    public bool Look(MarkupKind kind, int ahead = 0) => Index + ahead < _tokens.Count && _tokens[Index + ahead].Kind == kind;

    public bool LookName(string name) => Current.Kind == MarkupKind.Identifier && Current.Text == name;

    public MarkupToken Consume(MarkupKind kind, string expected)
    {
        if (Current.Kind != kind)
        {
            throw Unexpected(expected);
        }

        return Take();
    }

    public MarkupToken Take()
    {
        var token = Current;
        if (token.Kind != MarkupKind.End)
        {
            Index++;
        }

        return token;
    }

    public bool TryTake(MarkupKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        Take();
        return true;
    }

    public bool TryTakeName(string name)
    {
        if (!LookName(name))
        {
            return false;
        }

        Take();
        return true;
    }

    public void ConsumeEnd(string expected) => Consume(MarkupKind.End, expected);

    /// <summary>The tokens from one index up to the current one, without blanks between them.</summary>
    public string TextSince(int start) => string.Concat(_tokens.Skip(start).Take(Index - start).Select(t => t.Text));

    public LiquidParseException Unexpected(string expected)
    {
        var found = Current.Kind == MarkupKind.End ? "the end of the tag" : $"'{Current.Text}'";
        return new LiquidParseException(LiquidErrorCode.Syntax, found, expected, _source, Current.Position);
    }
}
