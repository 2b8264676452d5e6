using System.Globalization;
using System.Text;
using ClosedLoop.Mail.Inbound;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Silo.Demo;

/// <summary>
/// The mail systems of the invented recipients: they took the message and send something back later, into the Maildir that the service reads,
/// as a mail server would deliver it. Who does what follows from the row of the file.
/// </summary>
internal sealed class DemoReturns(string maildir, string run)
{
    private readonly MaildirReader _box = new(maildir, maxBytes: int.MaxValue);

    public static DemoReturn Of(int index) => index switch
    {
        41 or 141 => DemoReturn.HardBounce,
        51 or 151 or 161 => DemoReturn.SoftBounce,
        61 => DemoReturn.OutOfOffice,
        71 => DemoReturn.Reply,
        _ => DemoReturn.Nothing,
    };

    /// <summary>How many mails come back for a file of so many rows.</summary>
    public static int Count(int rows) => Enumerable.Range(0, Math.Min(rows - DemoRecipients.Wrong, 200)).Count(index => Of(index) != DemoReturn.Nothing);

    /// <summary>Sends back what this recipient's side has to say; false when that is nothing.</summary>
    public bool Answer(int index, SinkRecord mail)
    {
        if (Of(index) is var what && what == DemoReturn.Nothing) return false;
        var text = what switch
        {
            DemoReturn.HardBounce => Report(mail, "5.1.1", "550 5.1.1 no such mailbox here"),
            DemoReturn.SoftBounce => Report(mail, "5.2.2", "552 5.2.2 mailbox full"),
            DemoReturn.OutOfOffice => Letter(mail, mail.From, "Out of office: Re: your news", "Auto-Submitted: auto-replied", "I am back on Monday."),
            _ => Letter(mail, mail.From, $"Re: {mail.Subject}", $"In-Reply-To: {mail.MessageId}", "Thank you, I like it!"),
        };
        _box.Deliver(string.Create(CultureInfo.InvariantCulture, $"{run}.{index}.demo"), Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));
        return true;
    }

    private static string Report(SinkRecord mail, string status, string reply) => $"""
        From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
        To: <{mail.From}>
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="demo"

        --demo
        Content-Type: text/plain

        Your message to <{mail.To[0]}> could not be delivered: {reply}
        --demo
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; {mail.To[0]}
        Action: failed
        Status: {status}
        Diagnostic-Code: smtp; {reply}
        --demo
        Content-Type: text/rfc822-headers

        Message-ID: {mail.MessageId}
        To: <{mail.To[0]}>
        --demo--

        """;

    private static string Letter(SinkRecord mail, string to, string subject, string header, string body) => $"""
        From: <{mail.To[0]}>
        To: <{to}>
        Subject: {subject}
        {header}
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        {body}

        """;
}
