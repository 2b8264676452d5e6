using System.Text;

namespace ClosedLoop.Mail.Bounces;

/// <summary>Brings words of a report into the form the rules read.</summary>
internal static class NoticeWords
{
    /// <summary>
    /// What is said right at the address: to the end of its paragraph, and the next one where the first holds little more than the address.
    /// </summary>
    public static string Paragraph(string words)
    {
        const int Telling = 12;
        var letters = 0;
        var position = 0;
        foreach (var range in words.AsSpan().Split('\n'))
        {
            var line = words.AsSpan(range);
            var end = range.End.GetOffset(words.Length);
            if (line.Trim().IsEmpty && letters >= Telling)
                return words[..position];
            foreach (var c in position == 0 && AddressFinder.First(line, out _, out var after) is not null ? line[after..] : line)
                letters += char.IsLetter(c) ? 1 : 0;
            position = end;
        }

        return words;
    }

    public static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, 16384));
        var space = false;
        foreach (var c in text)
        {
            if (line.Length >= 16384)
                break;
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                space = line.Length > 0;
                continue;
            }

            if (space)
                line.Append(' ');
            space = false;
            line.Append(c);
        }

        return line.ToString();
    }
}
