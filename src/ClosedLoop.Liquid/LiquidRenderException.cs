namespace ClosedLoop.Liquid;

/// <summary>The template and this data do not go together, or a limit was crossed. What was written to the output so far is to be thrown away.</summary>
public sealed class LiquidRenderException : LiquidException
{
    internal LiquidRenderException(string code, string problem, string? expected, SourceText? source, int offset, Exception? inner = null)
        : base(code, problem, expected, source, offset, inner)
    {
    }
}
