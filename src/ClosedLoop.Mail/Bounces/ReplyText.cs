using System.Globalization;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Bounces;

/// <summary>Reply code and status code within a line somebody wrote about a reply.</summary>
internal static class ReplyText
{
    /// <summary>The first 4xx or 5xx code that stands alone; 0 when there is none.</summary>
    public static int FindCode(ReadOnlySpan<char> text)
    {
        for (var i = 0; i + 3 <= text.Length; i++)
        {
            if (text[i] is not ('4' or '5') || !char.IsAsciiDigit(text[i + 1]) || !char.IsAsciiDigit(text[i + 2]) || text[i + 1] > '7')
                continue;
            if (i > 0 && (char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '-' or '=' or '/' or '_' or '#' or '+'))
                continue;
            var after = i + 3 < text.Length ? text[i + 3] : ' ';
            if (after is ' ' or '-' or ':' or ',' or ']' or ')' or ';' or '\'' or '"' or '\t')
                return int.Parse(text.Slice(i, 3), CultureInfo.InvariantCulture);
        }

        return 0;
    }

    /// <summary>The first status code of RFC 3463 that stands alone and says more than x.0.0; else that one.</summary>
    public static EnhancedStatusCode FindStatus(ReadOnlySpan<char> text)
    {
        var vague = default(EnhancedStatusCode);
        for (var i = 0; i + 5 <= text.Length; i++)
        {
            if (text[i] is not ('2' or '4' or '5') || text[i + 1] != '.' || (i > 0 && (char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '-')))
            {
                // 550-5.7.26: the hyphen of a continued reply is the one hyphen that may precede.
                if (!(i > 3 && text[i] is '4' or '5' && i + 1 < text.Length && text[i + 1] == '.' && text[i - 1] == '-' && char.IsAsciiDigit(text[i - 2])))
                    continue;
            }

            if (!TryRead(text[i..], out var code))
                continue;
            if (code.Subject != 0 || code.Detail != 0)
                return code;
            vague = vague.IsPresent ? vague : code;
        }

        return vague;
    }

    private static bool TryRead(ReadOnlySpan<char> text, out EnhancedStatusCode code)
    {
        code = default;
        var i = 2;
        if (!Number(text, ref i, out var subject) || i >= text.Length || text[i] != '.')
            return false;
        i++;
        if (!Number(text, ref i, out var detail) || (i < text.Length && (text[i] == '.' ? i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) : char.IsAsciiLetterOrDigit(text[i]))))
            return false;
        code = new EnhancedStatusCode(text[0] - '0', subject, detail);
        return true;
    }

    /// <summary>RFC 3463 section 2: one to three digits.</summary>
    private static bool Number(ReadOnlySpan<char> text, ref int i, out int value)
    {
        value = 0;
        var start = i;
        while (i < text.Length && i - start < 4 && char.IsAsciiDigit(text[i]))
            value = (value * 10) + (text[i++] - '0');
        return i - start is >= 1 and <= 3;
    }
}
