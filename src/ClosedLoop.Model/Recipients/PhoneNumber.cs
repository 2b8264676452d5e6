using System.Text;

namespace ClosedLoop.Model.Recipients;

/// <summary>Phone numbers in the one form that is stored and compared: E.164 with a plus, such as <c>+4915112345678</c>.</summary>
public static class PhoneNumber
{
    /// <summary>Plus and 15 digits (ITU-T E.164 section 6.2).</summary>
    public const int MaxLength = 16;

    private const int FewestDigits = 7;

    /// <summary>Writes the normal form.</summary>
    /// <param name="raw">As people write it: blanks, hyphens, dots, slashes and brackets between the digits pass; <c>00</c> stands for the plus.</param>
    /// <param name="countryCode">Digits put before a number that has neither plus nor <c>00</c>, in place of one leading zero; null refuses such numbers.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Normalise(ReadOnlySpan<byte> raw, string? countryCode, Span<byte> destination, out int length)
    {
        length = 0;
        raw = raw.Trim(" \t"u8);
        if (raw.IsEmpty) return "the phone number is empty";
        Span<byte> digits = stackalloc byte[32];
        var count = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] is >= (byte)'0' and <= (byte)'9')
            {
                if (count == digits.Length) return "the phone number is too long; E.164 has 15 digits at most";
                digits[count++] = raw[i];
            }
            else if (!(i == 0 && raw[i] == '+') && !" -./()"u8.Contains(raw[i]))
            {
                return "the phone number has a character that is no digit; expected such as +4915112345678";
            }
        }

        ReadOnlySpan<byte> number = digits[..count];
        var isInternational = raw[0] == '+';
        if (!isInternational && number.StartsWith("00"u8))
        {
            isInternational = true;
            number = number[2..];
        }

        destination[0] = (byte)'+';
        length = 1;
        if (!isInternational)
        {
            if (countryCode is null) return "the phone number has no country code; expected such as +4915112345678, or channels.sms.countryCode in client.json";
            if (number.StartsWith("0"u8)) number = number[1..];
            length += Encoding.ASCII.GetBytes(countryCode, destination[1..]);
        }

        if (number.IsEmpty || (isInternational && number[0] == '0')) return "the phone number begins with 0; country codes do not";
        if (length - 1 + number.Length is < FewestDigits or > MaxLength - 1) return "the phone number has too few or too many digits; expected 7 to 15 with the country code";
        number.CopyTo(destination[length..]);
        length += number.Length;
        return null;
    }

    /// <summary>The normal form, or null.</summary>
    public static string? TryNormalise(string raw, string? countryCode = null)
    {
        ArgumentNullException.ThrowIfNull(raw);
        Span<byte> normal = stackalloc byte[MaxLength];
        return Normalise(Encoding.UTF8.GetBytes(raw), countryCode, normal, out var length) is null ? Encoding.ASCII.GetString(normal[..length]) : null;
    }
}
