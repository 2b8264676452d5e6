namespace ClosedLoop.Liquid.Parsing;

/// <summary>Where tags come from: the template, or the lines of a <c>liquid</c> tag.</summary>
internal interface ITokenSource
{
    /// <summary>Offset of what comes next.</summary>
    int Position { get; }

    /// <summary>True inside a <c>liquid</c> tag.</summary>
    bool IsLines { get; }

    bool TryNext(out Piece piece);
}
