using System.Globalization;
using ClosedLoop.Model;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// <c>yyyy-MM-dd HH:mm:ss</c> in the export's zone, fractions cut (spec section 17.2). Neighbouring rows mostly share the
/// second, and offsets hold for a quarter of an hour at least: both are kept.
/// </summary>
internal sealed class ExportTime(TimeZoneInfo zone)
{
    public const int Length = 19;

    private const long QuarterHour = 900;
    private readonly byte[] _text = new byte[Length];
    private long _second = long.MinValue;
    private long _quarter = long.MinValue;
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

        (utc.UtcDateTime + _offset).TryFormat(_text, out _, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        _second = second;
        return _text;
    }

    private static long FloorDiv(long value, long by) => value >= 0 ? value / by : ((value + 1) / by) - 1;
}
