using System.Globalization;
using ClosedLoop.Model;

namespace ClosedLoop.Responses.Export.Csv;

/// <summary>
/// <c>yyyy-MM-dd HH:mm:ss</c> in the export's zone, fractions cut (spec section 17.2). Neighbouring rows mostly share the
/// second, dates hold for a day and offsets for a quarter of an hour at least: all three are kept.
/// </summary>
internal sealed class ExportTime(TimeZoneInfo zone)
{
    public const int Length = 19;

    private const long QuarterHour = 900;
    private const long SecondsPerDay = 86_400;

    private readonly byte[] _text = new byte[Length];
    private long _second = long.MinValue;
    private long _quarter = long.MinValue;
    private long _day = long.MinValue;
    private TimeSpan _offset;

    /// <summary>The text of an instant in microseconds; valid until the next call.</summary>
    public ReadOnlySpan<byte> Format(long microseconds)
    {
        var second = FloorDiv(microseconds, 1_000_000);
        if (second == _second) return _text;
        var utc = Instants.FromMicroseconds(second * 1_000_000);
        var quarter = FloorDiv(second, QuarterHour);
        if (quarter != _quarter)
        {
            _offset = zone.GetUtcOffset(utc);
            _quarter = quarter;
        }

        var local = second + (long)_offset.TotalSeconds;
        var day = FloorDiv(local, SecondsPerDay);
        if (day != _day)
        {
            (utc.UtcDateTime + _offset).TryFormat(_text, out _, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            _day = day;
        }

        var (hour, rest) = Math.DivRem((int)(local - (day * SecondsPerDay)), 3600);
        TwoDigits(11, hour);
        TwoDigits(14, rest / 60);
        TwoDigits(17, rest % 60);
        _second = second;
        return _text;
    }

    private void TwoDigits(int at, int value)
    {
        _text[at] = (byte)('0' + (value / 10));
        _text[at + 1] = (byte)('0' + (value % 10));
    }

    private static long FloorDiv(long value, long by) => value >= 0 ? value / by : ((value + 1) / by) - 1;
}
