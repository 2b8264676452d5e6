namespace ClosedLoop.Liquid.Filters.Dates;

internal ref partial struct DateTextParser
{
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

    private readonly bool IsMeridian(char next)
    {
        var at = next == ' ' ? _at + 1 : _at;
        return at + 1 < _text.Length && _text[at] is 'a' or 'p' or 'A' or 'P' && _text[at + 1] is 'm' or 'M'
            && (at + 2 >= _text.Length || !char.IsAsciiLetter(_text[at + 2]));
    }

    private static int Century(int year) => year >= 100 ? year : year >= 69 ? 1900 + year : 2000 + year;
}
