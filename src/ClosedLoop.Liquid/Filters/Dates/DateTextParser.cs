using System.Globalization;

namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>
/// Reads dates as people and programs write them: ISO 8601, RFC 2822, "March 14, 2016", "14 Mar 2016 3pm", "2016/3/14", with
/// optional time and zone. Parts that are missing come from today, as in Ruby's <c>Time.parse</c>.
/// </summary>
internal ref struct DateTextParser
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

    private bool ScanNumber()
    {
        var start = _at;
        var number = ReadDigits(out var length);
        var next = _at < _text.Length ? _text[_at] : '\0';
        if (next == ':' && !_hasTime)
        {
            return ScanTime(number);
        }

        if (next is '-' or '/' or '.' && _at + 1 < _text.Length && char.IsAsciiLetterOrDigit(_text[_at + 1]) && _month == 0 && _day == 0)
        {
            return ScanDelimited(number, length, next);
        }

        if (_isIso && !_hasTime && number <= 24)
        {
            _hour = number;
            _hasTime = true;
            return true;
        }

        if (length is 8 or 12 or 14)
        {
            return SetCompact(_text.Slice(start, length));
        }

        if (!_hasTime && IsMeridian(next) && number is >= 1 and <= 12)
        {
            _hour = number;
            _hasTime = true;
            return true;
        }

        if (length >= 3 || (_day > 0 && _year < 0 && _month > 0))
        {
            _year = length <= 2 ? Century(number) : number;
        }
        else if (_day == 0)
        {
            _day = number;
        }

        SkipOrdinal();
        return true;
    }

    /// <summary>Year-month-day, day-month-year, or month/day/year for slashes.</summary>
    private bool ScanDelimited(int first, int length, char separator)
    {
        _at++;
        int second;
        var secondLength = 0;
        if (char.IsAsciiLetter(_text[_at]))
        {
            second = DateNames.MonthOf(ReadLetters());
            if (second == 0)
            {
                return false;
            }
        }
        else
        {
            second = ReadDigits(out secondLength);
        }

        int? third = null;
        var thirdLength = 0;
        if (_at + 1 < _text.Length && _text[_at] == separator && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            third = ReadDigits(out thirdLength);
        }

        if (third is null && length == 4 && secondLength == 3 && separator == '-')
        {
            // ISO 8601 ordinal date: the day of the year.
            (_year, _month, _day, _isOrdinal) = (first, 1, second, true);
        }
        else if (third is null && (separator != '/' || length >= 3))
        {
            // "2016-03" and "3.5" are no dates.
            return false;
        }
        else if (third is null)
        {
            (_month, _day) = (first, second);
        }
        else if (length >= 3)
        {
            (_year, _month, _day) = (first, second, third.Value);
            _isIso = separator == '-';
        }
        else if (thirdLength >= 3)
        {
            (_year, _month, _day) = (third.Value, second, first);
        }
        else
        {
            (_year, _month, _day) = (Century(first), second, third.Value);
        }

        if (_at < _text.Length && _text[_at] is 'T' or 't')
        {
            _at++;
        }

        return true;
    }

    private bool ScanTime(int hour)
    {
        _hasTime = true;
        _hour = hour;
        _at++;
        if (_at >= _text.Length || !char.IsAsciiDigit(_text[_at]))
        {
            return false;
        }

        _minute = ReadDigits(out _);
        if (_at + 1 < _text.Length && _text[_at] == ':' && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            _second = ReadDigits(out _);
            if (_at + 1 < _text.Length && _text[_at] is '.' or ',' && char.IsAsciiDigit(_text[_at + 1]))
            {
                _at++;
                ReadFraction();
            }
        }

        return true;
    }

    private bool ScanOffset()
    {
        var sign = _text[_at] == '-' ? -1 : 1;
        if (_at + 1 >= _text.Length || !char.IsAsciiDigit(_text[_at + 1]))
        {
            return false;
        }

        _at++;
        var number = ReadDigits(out var length);
        var (hours, minutes) = length <= 2 ? (number, 0) : (number / 100, number % 100);
        if (_at + 1 < _text.Length && _text[_at] == ':' && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            minutes = ReadDigits(out _);
        }

        _offset = TimeSpan.FromMinutes(sign * ((hours * 60L) + minutes));
        return true;
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

    private readonly bool IsMeridian(char next)
    {
        var at = next == ' ' ? _at + 1 : _at;
        return at + 1 < _text.Length && _text[at] is 'a' or 'p' or 'A' or 'P' && _text[at + 1] is 'm' or 'M'
            && (at + 2 >= _text.Length || !char.IsAsciiLetter(_text[at + 2]));
    }

    private bool SetCompact(ReadOnlySpan<char> digits)
    {
        _year = Parse(digits[..4]);
        _month = Parse(digits[4..6]);
        _day = Parse(digits[6..8]);
        if (digits.Length >= 12)
        {
            _hasTime = true;
            _hour = Parse(digits[8..10]);
            _minute = Parse(digits[10..12]);
            _second = digits.Length == 14 ? Parse(digits[12..14]) : 0;
        }

        if (_at < _text.Length && _text[_at] is 'T' or 't' && _at + 4 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            var time = ReadDigits(out var length);
            _hasTime = true;
            (_hour, _minute, _second) = length >= 6 ? (time / 10000, time / 100 % 100, time % 100) : (time / 100, time % 100, 0);
        }

        return true;
    }

    private void SkipOrdinal()
    {
        if (_at + 1 < _text.Length && _text.Slice(_at, 2) is "st" or "nd" or "rd" or "th" or "ST" or "ND" or "RD" or "TH")
        {
            _at += 2;
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

    private ReadOnlySpan<char> ReadLetters()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private int ReadDigits(out int length)
    {
        var start = _at;
        var number = 0L;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            number = Math.Min((number * 10) + (_text[_at] - '0'), int.MaxValue);
            _at++;
        }

        length = _at - start;
        return (int)number;
    }

    private void ReadFraction()
    {
        var unit = TimeSpan.TicksPerSecond;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            unit /= 10;
            _fraction += unit * (_text[_at] - '0');
            _at++;
        }
    }

    private static int Century(int year) => year >= 100 ? year : year >= 69 ? 1900 + year : 2000 + year;

    private static int Parse(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
