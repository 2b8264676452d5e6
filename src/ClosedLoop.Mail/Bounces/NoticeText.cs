using System.Text;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Bounces;

/// <summary>The words of a report without the message it returns.</summary>
internal sealed record NoticeText(string Notice, string Returned)
{
    /// <summary>Longest text looked at, in characters; reports say what they have to say well before.</summary>
    private const int MaxLength = 256 * 1024;

    private static readonly string[] Separators =
    [
        "below this line is", "original message", "original mail", "copy of the message", "copy of your message", "copy of the original", "copy of this message", "unsent message", "undelivered message", "returned message", "message headers follow",
        "header of the original", "headers of the original", "headers from the original", "original header", "content of the original", "message follows", "text of your message", "enclosed is a copy", "returned mail follows", "message header follows", "start of returned",
    ];

    /// <summary>Collects the readable parts up to the returned message and cuts off what was returned within the text.</summary>
    public static NoticeText Of(MimeMessage message, IReadOnlyCollection<MimePart> returned)
    {
        var text = new StringBuilder();
        var html = new StringBuilder();
        Collect(message.Root, returned, text, html);
        var whole = text.Length > 0 ? text.ToString() : PlainFromHtml(html.ToString());
        if (whole.Trim().Length == 0 && html.Length > 0)
            whole = PlainFromHtml(html.ToString());
        return Split(whole);
    }

    private static void Collect(MimePart part, IReadOnlyCollection<MimePart> returned, StringBuilder text, StringBuilder html)
    {
        if (returned.Contains(part) || text.Length > MaxLength)
            return;
        if (part.Children.Count > 0)
        {
            foreach (var child in part.Children)
                Collect(child, returned, text, html);
            return;
        }

        var type = part.ContentType;
        if (type.Is("text/html"))
            Append(html, part);
        else if (type.IsKind("text") || type.IsKind("multipart") || type.Is("message/delivery-status"))
            Append(text, part);
    }

    private static void Append(StringBuilder target, MimePart part)
    {
        var text = part.DecodeText();
        target.Append(text.Length > MaxLength ? text[..MaxLength] : text).Append('\n');
    }

    private static NoticeText Split(string text)
    {
        var position = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            if (position > 0 && BeginsReturned(line))
                return new NoticeText(text[..range.Start.GetOffset(text.Length)], text[range.Start.GetOffset(text.Length)..]);
            position += line.Trim().Length;
        }

        return new NoticeText(text, "");
    }

    /// <summary>A ruled or lone line that announces the message, or the first of its own headers.</summary>
    private static bool BeginsReturned(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.Length is < 8 or > 110)
            return false;
        if (line.StartsWith("Received: ", StringComparison.Ordinal) || line.StartsWith("Received:from", StringComparison.Ordinal) || line.StartsWith("Return-Path: ", StringComparison.OrdinalIgnoreCase))
            return true;
        var ruled = line[0] is '-' or '=' or '*' or '_' || line[^1] is ':' or '-';
        var words = line.ToString();
        return Array.Exists(Separators, s => ruled ? words.Contains(s, StringComparison.OrdinalIgnoreCase) : words.StartsWith(s, StringComparison.OrdinalIgnoreCase)) && AddressFinder.First(line) is null;
    }

    private static string PlainFromHtml(string html)
    {
        var text = new StringBuilder(html.Length);
        var depth = false;
        var skip = false;
        for (var i = 0; i < html.Length; i++)
        {
            if (html[i] == '<')
            {
                depth = true;
                var tag = html.AsSpan(i + 1);
                if (tag.StartsWith("style", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("script", StringComparison.OrdinalIgnoreCase))
                    skip = true;
                else if (tag.StartsWith("/style", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("/script", StringComparison.OrdinalIgnoreCase))
                    skip = false;
                else if (tag.StartsWith("br", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("/p", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("/tr", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("/div", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("/h", StringComparison.OrdinalIgnoreCase))
                    text.Append('\n');
            }
            else if (html[i] == '>' && depth)
            {
                depth = false;
            }
            else if (!depth && !skip)
            {
                text.Append(html[i]);
            }
        }

        return System.Net.WebUtility.HtmlDecode(text.ToString());
    }
}
