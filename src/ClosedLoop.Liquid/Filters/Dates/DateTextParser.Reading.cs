using System.Globalization;

namespace ClosedLoop.Liquid.Filters.Dates;

internal ref partial struct DateTextParser
{
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

    private static int Parse(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
