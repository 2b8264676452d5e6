using System.Buffers;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Bounces;

/// <summary>
/// Sorts mails that came back: delivery reports (RFC 3464), complaints (RFC 5965), automatic answers (RFC 3834), people. No I/O, no state; whatever a stranger
/// wrote is read without an exception, and what cannot be understood is <see cref="ReturnedMailKind.Other"/>.
/// </summary>
public static partial class ReturnedMailReader
{
    private static readonly SearchValues<char> FieldName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    public static ReturnedMail Read(ReadOnlyMemory<byte> source, MimeLimits? limits = null) => Read(MimeMessage.Parse(source, limits));

    public static ReturnedMail Read(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var returnedParts = message.Root.SelfAndDescendants.Where(p => p != message.Root && IsReturned(p)).Take(10).ToList();
        var text = NoticeText.Of(message, returnedParts);
        var returned = ReturnedHeaders(returnedParts, text);
        var frame = Frame(message, returned);

        if (FeedbackReport.Read(message, returned) is { } complaint)
            return frame with { Kind = ReturnedMailKind.Complaint, FeedbackType = complaint.Type, Recipients = [.. complaint.Addresses.Select(a => new ReturnedRecipient { Address = a })] };
        if (CloudNotification.Read(text.Notice) is { } notice)
            return frame with { Kind = notice.Kind, Recipients = notice.Recipients, FeedbackType = notice.Kind == ReturnedMailKind.Complaint ? "abuse" : "" };

        var recipients = ReadStatus(message, returnedParts, text, returned);
        if (recipients.Count == 0 && IsReport(message, text))
            recipients = ReadWords(message, text, returned);
        if (recipients.Count > 0)
            return frame with { Kind = KindOf(recipients), Recipients = recipients };
        if (AutoReplySigns.IsAutoReply(message))
            return frame with { Kind = ReturnedMailKind.AutoReply };
        return frame with { Kind = IsAnswer(message) ? ReturnedMailKind.HumanReply : ReturnedMailKind.Other };
    }

    private static ReturnedMail Frame(MimeMessage message, MimeHeaderList returned) => new()
    {
        Kind = ReturnedMailKind.Other,
        Subject = message.Headers["Subject"] ?? "",
        From = AddressFinder.First(message.Headers["From"] ?? ""),
        ReturnedHeaders = returned,
        DeliveredTo = [.. DeliveredTo(message.Headers).Distinct(StringComparer.OrdinalIgnoreCase).Take(50)],
        AnsweredMessageIds = [.. Answered(message.Headers).Distinct(StringComparer.Ordinal).Take(100)],
    };

    private static IEnumerable<string> DeliveredTo(MimeHeaderList headers)
    {
        string[] names = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-Forwarded-To", "To", "Cc"];
        return names.SelectMany(headers.FindAll).SelectMany(h => AddressFinder.All(h.RawValue));
    }

    private static IEnumerable<string> Answered(MimeHeaderList headers) =>
        Ids(headers.Find("In-Reply-To")?.RawValue).Concat(Ids(headers.Find("References")?.RawValue).Reverse());

    private static IEnumerable<string> Ids(string? field) =>
        (field ?? "").Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 4 && w[0] == '<' && w[^1] == '>').Select(w => w[1..^1]).Take(100);

    private static bool IsReturned(MimePart part) =>
        part.ContentType.Is("message/rfc822") || part.ContentType.Is("text/rfc822-headers") || part.ContentType.Is("text/rfc822-header") || part.ContentType.Is("message/global") || part.ContentType.Is("message/global-headers") || part.ContentType.Is("message/partial");

    private static MimeHeaderList ReturnedHeaders(List<MimePart> parts, NoticeText text)
    {
        foreach (var part in parts)
        {
            var headers = part.Children.Count > 0 ? part.Children[0].Headers : MimeMessage.Parse(part.DecodeBytes()).Headers;
            if (headers.Count > 0)
                return headers;
        }

        return HeadersInText(text.Returned);
    }

    /// <summary>Text reports indent, quote or rule off the message they return; its header begins at the first line that is a field.</summary>
    private static MimeHeaderList HeadersInText(string returned)
    {
        var position = 0;
        foreach (var range in returned.AsSpan().Split('\n'))
        {
            var line = returned.AsSpan(range).TrimStart("> ");
            position = range.Start.GetOffset(returned.Length);
            if (IsField(line))
                break;
        }

        var block = returned[position..];
        return block.Length == 0 ? new MimeHeaderList() : MimeMessage.Parse(System.Text.Encoding.UTF8.GetBytes(block.Length > 65536 ? block[..65536] : block)).Headers;
    }

    /// <summary>A name of letters, digits and hyphens, and a colon; prose has spaces before its colons.</summary>
    private static bool IsField(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        return colon is > 1 and < 60 && char.IsAsciiLetter(line[0]) && !line[..colon].ContainsAnyExcept(FieldName);
    }

    private static bool IsAnswer(MimeMessage message) =>
        message.Headers.Find("In-Reply-To") is not null || message.Headers.Find("References") is not null || (message.Headers["Subject"] ?? "").TrimStart().StartsWith("re:", StringComparison.OrdinalIgnoreCase);
}
