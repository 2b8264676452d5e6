using System.Net;
using System.Text.RegularExpressions;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Testing.Installations;

/// <summary>What a recipient finds in the message: its links.</summary>
internal sealed partial record ReceivedMail(string Pixel, IReadOnlyList<string> Links, string Unsubscribe)
{
    /// <summary>The one message the sink took for an address.</summary>
    public static ReceivedMail Of(Books books, string address) =>
        Of(books.SinkLedgerPath, books.SinkByAddress()[address].Single());

    /// <summary>A message of the sink.</summary>
    public static ReceivedMail Of(string ledgerPath, SinkRecord record)
    {
        var message = MimeMessage.Parse(SinkLedger.ReadMessage(ledgerPath, record));
        return new ReceivedMail(
            One(PixelPattern(), message.HtmlBody!),
            [.. ClickPattern().Matches(message.HtmlBody!).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))],
            One(HeaderPattern(), message.Headers["List-Unsubscribe"]!));
    }

    /// <summary>The mailto address of List-Unsubscribe in the one message the sink took for an address.</summary>
    public static string UnsubscribeAddress(Books books, string address) =>
        One(MailtoPattern(), MimeMessage.Parse(SinkLedger.ReadMessage(books.SinkLedgerPath, books.SinkByAddress()[address].Single())).Headers["List-Unsubscribe"]!);

    private static string One(Regex pattern, string text) => WebUtility.HtmlDecode(pattern.Matches(text).Single().Groups[1].Value);

    [GeneratedRegex("<img src=\"([^\"]*/o/[^\"]*)\"")]
    private static partial Regex PixelPattern();

    [GeneratedRegex("href=\"([^\"]*/c/[^\"]*)\"")]
    private static partial Regex ClickPattern();

    [GeneratedRegex("<mailto:([^?>]*)\\?subject=unsubscribe>")]
    private static partial Regex MailtoPattern();

    [GeneratedRegex("<(http[^>]*/u/[^>]*)>")]
    private static partial Regex HeaderPattern();
}
