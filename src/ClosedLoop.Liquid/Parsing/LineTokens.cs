namespace ClosedLoop.Liquid.Parsing;

/// <summary>The lines of a <c>liquid</c> tag; empty ones are left out.</summary>
internal sealed class LineTokens(Markup markup) : ITokenSource
{
    private int _at;

    public int Position => markup.Position + Math.Min(_at, markup.Text.Length);

    public bool IsLines => true;

    public bool TryNext(out Piece piece)
    {
        var text = markup.Text;
        while (_at < text.Length)
        {
            var start = _at;
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            _at = end + 1;
            if (!Whitespace.IsBlank(text.AsSpan(start, end - start)))
            {
                piece = new Piece(TokenKind.Tag, text[start..end], markup.Position + start, IsDelimited: false);
                return true;
            }
        }

        piece = default;
        return false;
    }
}
