using System.Buffers;

namespace ClosedLoop.Liquid.Parsing;

/// <summary>The characters white-space control takes away.</summary>
internal static class Whitespace
{
    private static readonly SearchValues<char> Blank = SearchValues.Create(" \t\n\v\f\r");

    public static char[] Trimmed { get; } = ['\0', ' ', '\t', '\n', '\v', '\f', '\r'];

    public static bool IsBlank(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Blank);
}
