namespace ClosedLoop.Liquid.Parsing;

/// <summary>The tokens of a template.</summary>
internal sealed class DocumentTokens(string text) : ITokenSource
{
    private readonly TemplateScanner _scanner = new(text);

    public int Position { get; private set; }

    public bool IsLines => false;

    public bool TryNext(out Piece piece)
    {
        if (!_scanner.TryNext(out var token))
        {
            piece = default;
            return false;
        }

        piece = new Piece(token.Kind, text[token.Start..token.End], token.Start, IsDelimited: true);
        Position = token.End;
        return true;
    }
}
