namespace ClosedLoop.Liquid;

/// <summary>A template's text with its name; turns offsets into lines and columns when an error asks.</summary>
internal sealed class SourceText(string name, string text)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    /// <summary>1-based line and column, and the line itself without its ending.</summary>
    public (int Line, int Column, string SourceLine) Locate(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var line = 1 + Text.AsSpan(0, offset).Count('\n');
        var start = offset == 0 ? 0 : Text.LastIndexOf('\n', offset - 1) + 1;
        var end = Text.IndexOf('\n', offset);
        end = end < 0 ? Text.Length : end;
        return (line, offset - start + 1, Text[start..Math.Max(start, end)].TrimEnd('\r'));
    }
}
