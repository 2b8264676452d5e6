namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>
/// Reads dates as people and programs write them: ISO 8601, RFC 2822, "March 14, 2016", "14 Mar 2016 3pm", "2016/3/14", with
/// optional time and zone. Parts that are missing come from today, as in Ruby's <c>Time.parse</c>.
/// </summary>
internal ref partial struct DateTextParser
{
    private readonly ReadOnlySpan<char> _text;
    private int _year;
    private int _month;
    private int _day;
    private int _hour;
    private int _minute;
    private int _second;
    private long _fraction;
    private bool _hasTime;
    private bool _isIso;
    private bool _isOrdinal;
    private TimeSpan? _offset;
    private int _at;

    private DateTextParser(ReadOnlySpan<char> text)
    {
        _text = text;
        _year = -1;
    }

    public static bool TryParse(string text, TimeProvider clock, TimeZoneInfo zone, out DateTimeOffset date)
    {
        var parser = new DateTextParser(text);
        date = default;
        return parser.Scan() && parser.TryBuild(clock, zone, out date);
    }

    private bool Scan()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (char.IsAsciiDigit(c))
            {
                if (!ScanNumber())
                {
                    return false;
                }
            }
            else if (char.IsAsciiLetter(c))
            {
                ScanWord();
            }
            else if (c is '+' or '-' && _hasTime && ScanOffset())
            {
                // The offset is taken.
            }
            else
            {
                _at++;
            }
        }

        // A number alone is no date.
        return _hasTime || _month > 0;
    }

    private void ScanWord()
    {
        var word = ReadLetters();
        if (DateNames.MonthOf(word) is > 0 and var month && _month == 0)
        {
            _month = month;
        }
        else if (_hasTime && (word.Equals("pm", StringComparison.OrdinalIgnoreCase) || word.Equals("p", StringComparison.OrdinalIgnoreCase)))
        {
            _hour = _hour < 12 ? _hour + 12 : _hour;
        }
        else if (_hasTime && (word.Equals("am", StringComparison.OrdinalIgnoreCase) || word.Equals("a", StringComparison.OrdinalIgnoreCase)))
        {
            _hour = _hour == 12 ? 0 : _hour;
        }
        else if (_hasTime && ZoneNames.TryGet(word, out var offset))
        {
            _offset = offset;
        }
    }

    private readonly bool TryBuild(TimeProvider clock, TimeZoneInfo zone, out DateTimeOffset date)
    {
        date = default;
        var today = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        var year = _year >= 0 ? _year : today.Year;
        var month = _month > 0 ? _month : _year >= 0 ? 1 : today.Month;
        var day = _day > 0 ? _day : _year >= 0 || _month > 0 ? 1 : today.Day;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > (_isOrdinal ? 366 : 31)
            || _hour > 24 || _minute > 59 || _second > 60 || (_hour == 24 && (_minute > 0 || _second > 0)))
        {
            return false;
        }

        if (_offset is { } o && Math.Abs(o.TotalHours) > 14)
        {
            return false;
        }

        // The 30th of February is the 1st or 2nd of March.
        var local = new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(day - 1).AddHours(_hour).AddMinutes(_minute).AddSeconds(_second).AddTicks(_fraction);
        if (local.Year is < 2 or > 9998)
        {
            return false;
        }

        date = new DateTimeOffset(local, _offset ?? zone.GetUtcOffset(local));
        return true;
    }
}
