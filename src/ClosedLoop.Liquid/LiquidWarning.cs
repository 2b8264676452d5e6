namespace ClosedLoop.Liquid;

/// <summary>Something doubtful in a template: it can be rendered, but hardly says what its author meant.</summary>
/// <param name="Code">One of <see cref="LiquidWarningCode"/>.</param>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What should have stood there, and what happens now.</param>
/// <param name="TemplateName">Name of the template or partial.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in UTF-16 units.</param>
/// <param name="SourceLine">The line without its ending.</param>
public sealed record LiquidWarning(string Code, string Found, string Expected, string TemplateName, int Line, int Column, string SourceLine)
{
    internal static LiquidWarning At(string code, string found, string expected, SourceText source, int position)
    {
        var (line, column, text) = source.Locate(position);
        return new LiquidWarning(code, found, expected, source.Name, line, column, text);
    }
}
