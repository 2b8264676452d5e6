using System.Globalization;
using System.Text;

namespace ClosedLoop.Liquid.Filters.Dates;

internal static partial class DateFormatter
{
    private static void AppendNumber(StringBuilder text, long value, Directive directive, int width, char padding)
    {
        Span<char> digits = stackalloc char[20];
        Math.Abs(value).TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        text.Append(value < 0 ? "-" : "");
        var wanted = directive.NoPadding ? 0 : directive.Width > 0 ? directive.Width : width;
        if (wanted > length)
        {
            text.Append(directive.Padding ?? padding, wanted - length);
        }

        text.Append(digits[..length]);
    }

    private static void AppendOffset(StringBuilder text, TimeSpan offset, Directive directive)
    {
        var hours = Math.Abs(offset.Hours).ToString("00", CultureInfo.InvariantCulture);
        var minutes = Math.Abs(offset.Minutes).ToString("00", CultureInfo.InvariantCulture);
        var rest = directive.Colons switch
        {
            0 => hours + minutes,
            1 => hours + ":" + minutes,
            _ => hours + ":" + minutes + ":00",
        };
        text.Append(offset < TimeSpan.Zero ? '-' : '+').Append(rest.PadLeft(Math.Max(0, directive.Width - 1), '0'));
    }

    /// <summary><c>%N</c> and <c>%L</c>: the width is the number of decimal places, nine and three without one.</summary>
    private static void AppendFraction(StringBuilder text, DateTimeOffset date, Directive directive)
    {
        var places = directive.Width > 0 ? directive.Width : directive.Letter == 'L' ? 3 : 9;
        var digits = (date.Ticks % TimeSpan.TicksPerSecond).ToString("0000000", CultureInfo.InvariantCulture);
        text.Append(digits.Length >= places ? digits[..places] : digits.PadRight(places, '0'));
    }
}
