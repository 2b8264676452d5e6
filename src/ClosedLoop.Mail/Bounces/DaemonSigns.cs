using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Bounces;

/// <summary>Marks of a mail written by a mail system, for reports that carry no machine-readable part.</summary>
internal static class DaemonSigns
{
    private static readonly string[] Senders = ["mailer-daemon", "mailer daemon", "postmaster", "mail delivery", "mail.delivery", "mail deliver system", "post_master", "mailerdaemon", "system administrator", "mmsc ndr", "poostmaster", "majordomo", "mail administrator", "mdaemon", "delivery subsystem", "mail system", "content-filter", "email-bounces", "no-reply@sns."];

    private static readonly string[] Subjects =
    [
        "returned mail", "undeliver", "delivery fail", "delivery status", "failure notice", "failure delivery", "failed delivery", "delivery notification", "delivery report", "delivery error", "delivery problem", "delivery has failed", "mail failure", "mail system error", "mail error", "message status", "non recapitabile", "unzustellbar", "non remis", "not delivered", "could not be delivered", "couldn't be delivered", "could not send message",
        "message you sent blocked", "considered unsolicited", "error sending your mail", "loop alert", "are not member", "mail delivery", "returned to sender", "bounce", "mail returned", "no se puede entregar", "niet te leveren", "onbestelbaar", "undelivered", "non-delivery", "nondeliverable", "unable to deliver", "rejected mail", "delivery delayed", "warning: message", "mail could not", "errors from ", "エラー通知", "送信エラー", "配信エラー", "配信不能", "недоставлен", "не доставлен",
    ];

    public static bool IsDaemon(MimeMessage message)
    {
        var headers = message.Headers;
        if (headers.Find("X-Failed-Recipients") is not null || headers.Find("X-MS-Exchange-Message-Is-Ndr") is not null || headers.Find("X-MLServer") is not null)
            return true;
        if (headers.Find("Content-Type")?.RawValue.Contains("delivery-status", StringComparison.OrdinalIgnoreCase) == true)
            return true;
        var from = headers["From"] ?? "";
        if (Array.Exists(Senders, s => from.Contains(s, StringComparison.OrdinalIgnoreCase)) || from.Trim() is "<>")
            return true;
        return HasSubject(headers["Subject"] ?? "");
    }

    public static bool HasSubject(string subject) => Array.Exists(Subjects, s => subject.Contains(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>RFC 5321 section 4.5.5: reports go out with an empty reverse-path.</summary>
    public static bool HasNullSender(MimeMessage message) => message.Headers.Find("Return-Path")?.RawValue.Trim() is "<>";
}
