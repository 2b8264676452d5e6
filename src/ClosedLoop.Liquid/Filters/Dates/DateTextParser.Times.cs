namespace ClosedLoop.Liquid.Filters.Dates;

internal ref partial struct DateTextParser
{
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
}
