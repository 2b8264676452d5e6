using System.CommandLine.Parsing;
using System.Globalization;

namespace ClosedLoop.Silo.Commands;

/// <summary>Lengths of time as people type them: <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>1d</c>.</summary>
internal static class Durations
{
    /// <summary>Seconds of a number with its unit; <c>null</c> when it is none.</summary>
    public static double? TrySeconds(string text)
    {
        var unit = text.Length == 0 ? ' ' : text[^1];
        var factor = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        return factor != 0 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number * factor : null;
    }

    /// <summary>Whole seconds of an option: with a unit, or a bare number of seconds; from 1 second to a day.</summary>
    public static int Seconds(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        var seconds = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bare) ? bare : TrySeconds(text);
        if (seconds is >= 1 and <= 86_400) return (int)seconds;
        result.AddError($"--timeout is '{text}'; expected seconds, or a number with a unit such as 90s, 15m or 2h, at most a day.");
        return 0;
    }
}
