using System.Text;
using ClosedLoop.Mail.Bounces;

namespace ClosedLoop.Mail.Tests.Bounces.Refusals;

/// <summary>A report as Postfix writes it about one refusal; the reply is the only thing that differs between them.</summary>
internal static class RefusalReport
{
    public const string Rcpt = "RCPT TO";
    public const string Data = "end of DATA";
    public const string MailFrom = "MAIL FROM";
    public const string Helo = "HELO";

    /// <summary>The report does not say what was refused.</summary>
    public const string None = "";

    public static ReturnedRecipient Read(string stage, string reply)
    {
        var said = stage.Length > 0 ? $"host mx.example.net[192.0.2.25] said: {reply} (in reply to {stage} command)" : reply;
        return Assert.Single(ReturnedMailReader.Read(Encoding.UTF8.GetBytes($"""
            From: Mail Delivery System <MAILER-DAEMON@relay.example.org>
            To: <b-token@return.example.org>
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=x

            --x
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            This is the mail system at host relay.example.org.

            I'm sorry to have to inform you that your message could not
            be delivered to one or more recipients. It's attached below.

            For further assistance, please send mail to postmaster.

            If you do so, please include this problem report. You can
            delete your own text from the attached returned message.

                               The mail system

            <ann@example.net>: {said}
            --x
            Content-Type: message/delivery-status
            Content-Transfer-Encoding: 8bit

            Reporting-MTA: dns; relay.example.org

            Final-Recipient: rfc822; ann@example.net
            Action: failed
            Status: {Status(reply)}
            Diagnostic-Code: {(stage.Length > 0 ? "smtp" : "X-Postfix")}; {reply}
            --x
            Content-Type: text/rfc822-headers

            Message-ID: <7.1@news.example.org>
            To: ann@example.net
            --x--
            """.ReplaceLineEndings("\r\n"))).Recipients);
    }

    /// <summary>Postfix copies the enhanced code of the reply and makes x.0.0 of a reply code alone.</summary>
    private static string Status(string reply)
    {
        var code = reply.Split(' ', '-')[1..].FirstOrDefault(w => w.Length >= 5 && w[0] is '4' or '5' && w.Split('.').Length == 3 && w.All(c => c == '.' || char.IsAsciiDigit(c)));
        return code ?? (reply[0] is '4' or '5' ? reply[..1] + ".0.0" : "5.0.0");
    }
}
