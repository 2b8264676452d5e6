using System.Globalization;
using System.Text;

namespace ClosedLoop.Mail.Smtp;

/// <summary>The encoding of RFC 3461 section 4: printable ASCII but plus and equals for itself, the rest as plus and two hexadecimal digits.</summary>
internal static class Xtext
{
    public static string Encode(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange('!', '~') && !value.AsSpan().ContainsAny('+', '='))
            return value;
        var text = new StringBuilder(value.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (b is >= (byte)'!' and <= (byte)'~' and not ((byte)'+' or (byte)'='))
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"+{b:X2}");
        }

        return text.ToString();
    }

    /// <summary>Null when the text is not of this form.</summary>
    public static string? Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < '!' or > '~' or '=')
                return null;
            if (text[i] != '+')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
                return null;
            bytes.Add(b);
            i += 2;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
