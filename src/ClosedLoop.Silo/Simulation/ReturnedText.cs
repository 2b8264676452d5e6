using System.Globalization;
using System.Text;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Silo.Simulation;

/// <summary>Mails that an invented person's side sends back, as real servers and programs write them.</summary>
internal static class ReturnedText
{
    private static readonly (string Status, string Reply)[] Gone =
    [
        ("5.1.1", "550-5.1.1 The email account that you tried to reach does not exist"),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
        ("5.1.1", "550 Requested action not taken: mailbox unavailable"),
        ("5.2.1", "550 5.2.1 This mailbox has been disabled"),
    ];

    private static readonly (string Status, string Reply)[] Passing =
    [
        ("4.2.2", "452-4.2.2 The email account that you tried to reach is over quota"),
        ("4.4.1", "451 4.4.1 Connection timed out"),
        ("4.3.2", "451 4.3.2 System not accepting network messages"),
        ("4.7.1", "450 4.7.1 Greylisted, please try again later"),
    ];

    private static readonly (string Subject, string Body)[] Absent =
    [
        ("Out of office", "I am away until Monday and will answer then."),
        ("Abwesenheitsnotiz", "Ich bin bis Montag nicht im Büro und antworte danach."),
        ("Absence du bureau", "Je suis absent jusqu'à lundi et vous répondrai à mon retour."),
        ("Fuera de la oficina", "Estoy ausente hasta el lunes y contestaré a mi regreso."),
        ("Fuori sede", "Sono assente fino a lunedì e risponderò al mio ritorno."),
        ("Afwezig", "Ik ben afwezig tot maandag en antwoord daarna."),
        ("Ausência do escritório", "Estou ausente até segunda-feira e responderei depois."),
        ("Frånvaro", "Jag är borta till måndag och svarar därefter."),
        ("Nieobecność w biurze", "Jestem nieobecny do poniedziałku i odpowiem po powrocie."),
        ("Nepřítomnost", "Do pondělí nejsem v kanceláři, odpovím poté."),
        ("Ofis dışında", "Pazartesiye kadar ofis dışındayım, sonra yanıtlayacağım."),
        ("不在通知", "月曜日まで不在にしております。戻り次第お返事いたします。"),
    ];

    public static byte[] Of(Deed deed, int index, SinkRecord mail) => Encoding.UTF8.GetBytes((deed switch
    {
        Deed.HardBounce => Report(mail, Gone[index % Gone.Length]),
        Deed.SoftBounce => Report(mail, Passing[index % Passing.Length]),
        Deed.OutOfOffice => Letter(mail, Absent[index % Absent.Length].Subject, "Auto-Submitted: auto-replied", Absent[index % Absent.Length].Body),
        Deed.Complaint => Complaint(mail),
        _ => Letter(mail, $"Re: {mail.Subject}", $"In-Reply-To: {mail.MessageId}", "Thank you, I like it!"),
    }).ReplaceLineEndings("\r\n"));

    private static string Report(SinkRecord mail, (string Status, string Reply) cause) => $"""
        From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
        To: <{mail.From}>
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <{Id(mail)}.report@mx.example.org>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="parts"

        --parts
        Content-Type: text/plain

        Your message to <{mail.To[0]}> could not be delivered: {cause.Reply}
        --parts
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; {mail.To[0]}
        Action: failed
        Status: {cause.Status}
        Diagnostic-Code: smtp; {cause.Reply}
        --parts
        Content-Type: text/rfc822-headers

        Message-ID: {mail.MessageId}
        To: <{mail.To[0]}>
        --parts--

        """;

    private static string Complaint(SinkRecord mail) => $"""
        From: <feedback@mailbox.example.org>
        To: <{mail.From}>
        Subject: complaint about message from sender
        Message-ID: <{Id(mail)}.complaint@mailbox.example.org>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="parts"

        --parts
        Content-Type: text/plain

        This is a report of a message that a user called spam.
        --parts
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: Simulated/1.0
        Version: 1
        Original-Rcpt-To: <{mail.To[0]}>
        --parts
        Content-Type: text/rfc822-headers

        Message-ID: {mail.MessageId}
        To: <{mail.To[0]}>
        --parts--

        """;

    private static string Letter(SinkRecord mail, string subject, string header, string body) => $"""
        From: <{mail.To[0]}>
        To: <{mail.From}>
        Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(subject.Length > 40 ? subject[..40] : subject))}?=
        Message-ID: <{Id(mail)}.{(uint)body.Length}@client.example.org>
        {header}
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        {body}

        """;

    private static string Id(SinkRecord mail) => mail.N.ToString(CultureInfo.InvariantCulture);
}
