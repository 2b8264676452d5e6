using System.Text;

namespace ClosedLoop.Liquid;

/// <summary>Base of the errors this library throws: what was found, where, what was expected.</summary>
public abstract class LiquidException : Exception
{
    private protected LiquidException(string code, string problem, string? expected, SourceText? source, int offset, Exception? inner)
        : base(Describe(code, problem, expected, source, offset), inner)
    {
        Code = code;
        Found = problem;
        Expected = expected;
        if (source is not null)
        {
            TemplateName = source.Name;
            (Line, Column, SourceLine) = source.Locate(offset);
        }
    }

    /// <summary>One of <see cref="LiquidErrorCode"/>.</summary>
    public string Code { get; }

    public string TemplateName { get; } = "";

    /// <summary>1-based; 0 when the error has no place in the source.</summary>
    public int Line { get; }

    /// <summary>1-based, in UTF-16 units; 0 when the error has no place in the source.</summary>
    public int Column { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What should have stood there, or null when there is nothing better to say.</summary>
    public string? Expected { get; }

    public string SourceLine { get; } = "";

    private static string Describe(string code, string problem, string? expected, SourceText? source, int offset)
    {
        var text = new StringBuilder();
        var line = "";
        if (source is not null)
        {
            (var number, var column, line) = source.Locate(offset);
            text.Append(source.Name).Append('(').Append(number).Append(',').Append(column).Append("): ");
        }

        text.Append(code).Append(": ").Append(problem);
        if (expected is not null)
        {
            text.Append("; expected ").Append(expected);
        }

        if (line.Length > 0)
        {
            text.Append('\n').Append("    ").Append(line.Length > 200 ? line[..200] : line);
        }

        return text.ToString();
    }
}
