using System.Globalization;
using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>Ruby's <c>strftime</c>: all its directives, with flags <c>- 0 ^ # _ :</c> and a width.</summary>
internal static partial class DateFormatter
{
    private const int MaxWidth = 1024;

    public static string Format(DateTimeOffset date, string format, TimeZoneInfo zone, RenderBudget budget)
    {
        var text = new StringBuilder(format.Length + 16);
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                text.Append(format[at]);
                continue;
            }

            var end = ReadDirective(format, at + 1, out var directive);
            if (end < 0 || !Append(text, date, directive, zone))
            {
                // What is no directive stays as it is.
                text.Append('%');
                continue;
            }

            at = end;
            budget.CheckText(text.Length);
        }

        return text.ToString();
    }

    /// <summary>The offset of the directive's letter, or -1 when the text ends before it.</summary>
    private static int ReadDirective(string format, int at, out Directive directive)
    {
        directive = default;
        var flags = new Directive { Padding = null };
        for (; at < format.Length; at++)
        {
            switch (format[at])
            {
                case '-':
                    flags = flags with { NoPadding = true };
                    continue;
                case '0':
                    flags = flags with { Padding = '0' };
                    continue;
                case '_':
                    flags = flags with { Padding = ' ' };
                    continue;
                case '^':
                    flags = flags with { Upper = true };
                    continue;
                case '#':
                    flags = flags with { Swap = true };
                    continue;
                case ':':
                    flags = flags with { Colons = flags.Colons + 1 };
                    continue;
            }

            break;
        }

        var width = 0;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
        {
            width = Math.Min((width * 10) + (format[at++] - '0'), MaxWidth);
        }

        while (at < format.Length && format[at] == ':')
        {
            flags = flags with { Colons = flags.Colons + 1 };
            at++;
        }

        // E and O ask for another calendar or other digits where there are some; here there are none.
        if (at + 1 < format.Length && format[at] is 'E' or 'O')
        {
            if (!(format[at] == 'E' ? "cCxXyY" : "deHkIlmMSuUVwWy").Contains(format[at + 1], StringComparison.Ordinal))
            {
                return -1;
            }

            at++;
        }

        if (at >= format.Length || (flags.Colons > 0 && format[at] != 'z'))
        {
            return -1;
        }

        directive = flags with { Letter = format[at], Width = width };
        return at;
    }

    private static bool Append(StringBuilder text, DateTimeOffset date, Directive directive, TimeZoneInfo zone)
    {
        if (Number(date, directive.Letter) is { } number)
        {
            AppendNumber(text, number.Value, directive, number.Width, number.Padding);
            return true;
        }

        switch (directive.Letter)
        {
            case 'z':
                AppendOffset(text, date.Offset, directive);
                return true;
            case 'N' or 'L':
                AppendFraction(text, date, directive);
                return true;
        }

        var word = Word(date, directive.Letter, zone, directive.Swap);
        if (word is null)
        {
            return false;
        }

        word = directive.Upper || (directive.Swap && (directive.Letter is 'A' or 'a' or 'B' or 'b' or 'h')) ? word.ToUpperInvariant() : word;
        var isComposed = directive.Letter is 'c' or 'D' or 'F' or 'R' or 'r' or 'T' or 'v' or 'X' or 'x';
        text.Append(directive.NoPadding && !isComposed ? word : word.PadLeft(directive.Width, directive.Padding ?? ' '));
        return true;
    }

    private static string? Word(DateTimeOffset date, char letter, TimeZoneInfo zone, bool swap) => letter switch
    {
        'A' => DateNames.Days[(int)date.DayOfWeek],
        'a' => DateNames.Days[(int)date.DayOfWeek][..3],
        'B' => DateNames.Months[date.Month - 1],
        'b' or 'h' => DateNames.Months[date.Month - 1][..3],
        'p' => swap ? (date.Hour < 12 ? "am" : "pm") : (date.Hour < 12 ? "AM" : "PM"),
        'P' => date.Hour < 12 ? "am" : "pm",
        'Z' => ZoneAbbreviation.Of(date, zone),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        'c' => Compose(date, "%a %b %e %H:%M:%S %Y", zone),
        'D' or 'x' => Compose(date, "%m/%d/%y", zone),
        'F' => Compose(date, "%Y-%m-%d", zone),
        'R' => Compose(date, "%H:%M", zone),
        'r' => Compose(date, "%I:%M:%S %p", zone),
        'T' or 'X' => Compose(date, "%H:%M:%S", zone),
        'v' => Compose(date, "%e-%^b-%Y", zone),
        _ => null,
    };

    private static string Compose(DateTimeOffset date, string format, TimeZoneInfo zone) => Format(date, format, zone, new RenderBudget());

    private static (long Value, int Width, char Padding)? Number(DateTimeOffset date, char letter) => letter switch
    {
        'Y' => (date.Year, 1, '0'),
        'C' => (date.Year / 100, 2, '0'),
        'y' => (date.Year % 100, 2, '0'),
        'm' => (date.Month, 2, '0'),
        'd' => (date.Day, 2, '0'),
        'e' => (date.Day, 2, ' '),
        'j' => (date.DayOfYear, 3, '0'),
        'H' => (date.Hour, 2, '0'),
        'k' => (date.Hour, 2, ' '),
        'I' => ((date.Hour + 11) % 12 + 1, 2, '0'),
        'l' => ((date.Hour + 11) % 12 + 1, 2, ' '),
        'M' => (date.Minute, 2, '0'),
        'S' => (date.Second, 2, '0'),
        's' => (date.ToUnixTimeSeconds(), 1, '0'),
        'u' => (date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, 1, '0'),
        'w' => ((int)date.DayOfWeek, 1, '0'),
        'U' => ((date.DayOfYear + 6 - (int)date.DayOfWeek) / 7, 2, '0'),
        'W' => ((date.DayOfYear + 6 - (((int)date.DayOfWeek + 6) % 7)) / 7, 2, '0'),
        'V' => (ISOWeek.GetWeekOfYear(date.DateTime), 2, '0'),
        'G' => (ISOWeek.GetYear(date.DateTime), 1, '0'),
        'g' => (ISOWeek.GetYear(date.DateTime) % 100, 2, '0'),
        _ => null,
    };
}
