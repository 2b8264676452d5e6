namespace ClosedLoop.Liquid;

/// <summary>The template cannot be read. Nothing was rendered; the template has to be corrected.</summary>
public sealed class LiquidParseException : LiquidException
{
    internal LiquidParseException(string code, string problem, string? expected, SourceText source, int offset)
        : base(code, problem, expected, source, offset, inner: null)
    {
    }
}
