using System.Text;
using ClosedLoop.Mail.Bounces;

namespace ClosedLoop.Mail.Tests.Bounces.Refusals;

/// <summary>The same refusals in the forms of other writers than Postfix: prose without a machine-readable part, and parts that hold less.</summary>
public sealed class ReportFormTests
{
    private const string Qmail = "Hi. This is the qmail-send program at relay.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ann@example.net>:\n{0}\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <7.1@news.example.org>\nTo: ann@example.net\n";
    private const string Exim = "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ann@example.net\n    {0}\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <7.1@news.example.org>\n";
    private const string Sendmail = "The original message was received at Mon, 2 Mar 2026 10:00:00 GMT\n\n   ----- The following addresses had permanent fatal errors -----\n<ann@example.net>\n    (reason: {0})\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.net.:\n>>> RCPT To:<ann@example.net>\n<<< {0}\n550 5.1.1 <ann@example.net>... User unknown\n";
    private const string Courier = "This is a delivery status notification from relay.example.org,\nrunning the Courier mail server.\n\nThe original message was received on Mon, 02 Mar 2026 10:00:00 GMT.\n\n---------------------------------------------------------------------------\n\n                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<ann@example.net>:\n    mx.example.net [192.0.2.25]:\n>>> RCPT TO:<ann@example.net>\n<<< {0}\n\n---------------------------------------------------------------------------\n";
    private const string Smtpd = "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\nann@example.net: {0}\n\n    Below is a copy of the original message:\n\nMessage-ID: <7.1@news.example.org>\n";
    private const string James = "Hi. This is the James mail server at relay.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.  Below\nI include the list of recipients and the reason why I was unable to deliver\nyour message.\n\nFailed recipient(s):\nann@example.net\n\nError message:\n{0}\n";
    private const string Notes = "Your message\n\n  Subject: News\n\nwas not delivered to:\n\n  ann@example.net\n\nbecause:\n\n  {0}\n";
    private const string Exchange = "Your message did not reach some or all of the intended recipients.\n\n      Subject:\tNews\n      Sent:\t3/2/2026 10:00 AM\n\nThe following recipient(s) cannot be reached:\n\n      ann@example.net on 3/2/2026 10:00 AM\n            {0}\n";

    [Theory]
    [InlineData(Qmail, "192.0.2.25 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.25.", true)]
    [InlineData(Qmail, "192.0.2.25 does not like recipient.\nRemote host said: 550 mailbox unavailable\nGiving up on 192.0.2.25.", true)]
    [InlineData(Qmail, "192.0.2.25 failed after I sent the message.\nRemote host said: 552 5.2.2 mailbox full", false)]
    [InlineData(Qmail, "192.0.2.25 failed after I sent the message.\nRemote host said: 554 5.7.1 message looks like spam", false)]
    [InlineData(Qmail, "Sorry, I couldn't find any host named example.net. (#5.1.2)", true)]
    [InlineData(Qmail, "CNAME lookup failed temporarily. (#4.4.3)\nI'm not going to try again; this message has been in the queue too long.", false)]
    [InlineData(Qmail, "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too long.", false)]
    [InlineData(Qmail, "Sorry, no mailbox here by that name. vpopmail (#5.1.1)", true)]
    [InlineData(Qmail, "The user's mailbox is over the allowed quota (size). vdelivermail: mailbox over quota (#5.2.2)", false)]
    [InlineData(Qmail, "This account is currently not active. Mail account disabled (#5.2.1)", false)]
    [InlineData(Qmail, "192.0.2.25 does not like recipient.\nRemote host said: 554 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org\nGiving up on 192.0.2.25.", false)]
    [InlineData(Exim, "SMTP error from remote mail server after RCPT TO:<ann@example.net>:\n    host mx.example.net [192.0.2.25]: 550 5.1.1 <ann@example.net>:\n    Recipient address rejected: User unknown in virtual alias table", true)]
    [InlineData(Exim, "host mx.example.net [192.0.2.25]\n    SMTP error from remote mail server after RCPT TO:<ann@example.net>:\n    550 This mailbox does not exist", true)]
    [InlineData(Exim, "Unrouteable address", true)]
    [InlineData(Exim, "all relevant MX records point to non-existent hosts", true)]
    [InlineData(Exim, "an MX or SRV record indicated no SMTP service", true)]
    [InlineData(Exim, "retry timeout exceeded", false)]
    [InlineData(Exim, "all hosts for 'example.net' have been failing for a long time (and retry time not reached)", false)]
    [InlineData(Exim, "mailbox is full (MTA-imposed quota exceeded while writing to tmp)", false)]
    [InlineData(Exim, "SMTP error from remote mail server after end of data:\n    host mx.example.net [192.0.2.25]: 550 5.7.1 rejected due to content", false)]
    [InlineData(Exim, "SMTP error from remote mail server after initial connection:\n    host mx.example.net [192.0.2.25]: 554 5.7.1 poor reputation", false)]
    [InlineData(Sendmail, "550 5.1.1 <ann@example.net>... User unknown", true)]
    [InlineData(Sendmail, "550 No such user here", true)]
    [InlineData(Courier, "550 User unknown.", true)]
    [InlineData(Courier, "552 Mailbox quota exceeded.", false)]
    [InlineData(Smtpd, "550 5.1.1 Recipient address rejected: user does not exist", true)]
    [InlineData(Smtpd, "530 5.3.0 Administrative prohibition", false)]
    [InlineData(James, "550 5.1.1 unknown user: ann@example.net", true)]
    [InlineData(Notes, "550 5.1.1 User unknown", true)]
    [InlineData(Notes, "User ann (ann@example.net) not listed in Domino Directory", true)]
    [InlineData(Notes, "The recipient's mail file has exceeded its size quota", false)]
    [InlineData(Exchange, "The e-mail account does not exist at the organization this message was sent to.  Check the e-mail address, or contact the recipient directly to find out the correct address.\n            <relay.example.org #5.1.1>", true)]
    [InlineData(Exchange, "The e-mail system was unable to deliver the message, but did not report a specific reason.\n            <mx.example.net #5.5.0 smtp;550 5.1.1 User unknown>", true)]
    [InlineData(Exchange, "The recipient's mailbox is full.\n            <relay.example.org #5.2.2>", false)]
    [InlineData(Exchange, "There was a SMTP communication problem with the recipient's email server.\n            <relay.example.org #5.5.0 smtp;554 5.7.1 message blocked as spam>", false)]
    [InlineData(Exchange, "The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=us;a= ;p=example;l=MX-0302\n            MSEXCH:IMS:EXAMPLE:SITE:MX 0 (000C05A6) Unknown Recipient", true)]
    [InlineData(Exchange, "Unable to deliver the message due to a recipient problem. The mailbox size limit was reached\n            MSEXCH:IMS:EXAMPLE:SITE:MX 0 (000C05A4) Mailbox full", false)]
    [InlineData(Exchange, "You do not have permission to send to this recipient.  For assistance, contact your system administrator.\n            <relay.example.org #5.7.1 smtp;550 5.7.1 Unable to relay for ann@example.net>", false)]
    [InlineData(Exchange, "A configuration error in the e-mail system caused the message to bounce between two servers or to be forwarded between two recipients.\n            <relay.example.org #5.3.5>", false)]
    [InlineData(Exchange, "The recipient could not be processed because it would violate the security policy in force\n            <relay.example.org #5.7.1>", false)]
    [InlineData(Exchange, "Das E-Mail-Konto ist nicht in der Organisation vorhanden, an die diese Nachricht gesendet wurde.\n            <relay.example.org #5.1.1>", true)]
    [InlineData(Notes, "宛先のユーザーがDominoディレクトリに見つかりません", true)]
    [InlineData(Notes, "Empfänger im Verzeichnis nicht gefunden", true)]
    [InlineData(Notes, "El usuario no figura en el directorio: destinatario desconocido", true)]
    [InlineData(Notes, "Unable to open mail file: server not responding", false)]
    [InlineData(Notes, "No route found to domain example.net from server RELAY. Check DNS configuration", false)]
    [InlineData(Notes, "Invalid recipient: name not found in address book", true)]
    [InlineData(James, "451 4.4.1 could not connect to mx.example.net", false)]
    [InlineData(James, "No such domain: example.net", true)]
    [InlineData(Smtpd, "No MX found for destination", true)]
    [InlineData(Smtpd, "Too many connections", false)]
    [InlineData(Smtpd, "Network error on destination MXs", false)]
    [InlineData(Smtpd, "550 5.1.1 Mailbox does not exist", true)]
    [InlineData(Exim, "(generated from info@example.org)\n    SMTP error from remote mail server after RCPT TO:<ann@example.net>:\n    550 5.1.1 User doesn't exist", true)]
    [InlineData(Exim, "lowest numbered MX record points to local host", false)]
    [InlineData(Exim, "SMTP error from remote mail server after MAIL FROM:<b@return.example.org>:\n    550 5.7.1 sender domain unknown", false)]
    [InlineData(Exim, "Unknown user", true)]
    [InlineData(Exim, "The mail server could not deliver mail to ann@example.net.  The account or domain may not exist, they may be blacklisted, or missing the proper dns entries.", false)]
    [InlineData(Exim, "temporary error while delivering through pipe: Child process of transport returned 75", false)]
    [InlineData(Qmail, "Sorry, I couldn't find a mail exchanger or IP address. (#5.4.4)", true)]
    [InlineData(Qmail, "Connected to 192.0.2.25 but sender was rejected.\nRemote host said: 553 5.1.8 domain does not exist", false)]
    [InlineData(Qmail, "Connected to 192.0.2.25 but greeting failed.\nRemote host said: 554 no PTR record", false)]
    [InlineData(Qmail, "This message is looping: it already has my Delivered-To line. (#5.4.6)", false)]
    [InlineData(Qmail, "192.0.2.25 does not like recipient.\nRemote host said: 451 greylisted, try again later\nGiving up on 192.0.2.25.\nI'm not going to try again; this message has been in the queue too long.", false)]
    [InlineData(Qmail, "Sorry. Although I'm listed as a best-preference MX or A for that host,\nit isn't in my control/locals file, so I don't treat it as local. (#5.4.6)", false)]
    [InlineData(Courier, "550 Mailbox does not exist", true)]
    [InlineData(Courier, "517 Domain does not exist", false)]
    public void Prose_is_read(string form, string words, bool hard)
    {
        var mail = ReturnedMailReader.Read(Encoding.UTF8.GetBytes(("From: Mail Delivery System <MAILER-DAEMON@relay.example.org>\nTo: b@return.example.org\nSubject: Mail delivery failed: returning message to sender\n\n" + form.Replace("{0}", words, StringComparison.Ordinal)).ReplaceLineEndings("\r\n")));

        var one = Assert.Single(mail.Recipients);
        Assert.Equal((ReturnedMailKind.Bounce, "ann@example.net", hard), (mail.Kind, one.Address, one.IsHard));
    }

    /// <summary>What the machine-readable part says without a stage: Google, Exchange, IronPort and the cloud senders give none.</summary>
    [Theory]
    [InlineData("5.1.1", "smtp; 550-5.1.1 The email account that you tried to reach does not exist.", BounceReason.UnknownUser)]
    [InlineData("5.1.1", "smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", BounceReason.UnknownUser)]
    [InlineData("5.1.10", "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", BounceReason.UnknownUser)]
    [InlineData("5.4.1", "smtp;550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", BounceReason.UnknownUser)]
    [InlineData("5.1.0", "smtp; 5.1.0 - Unknown address error 550-'5.1.1 <ann@example.net>: Recipient address rejected: User unknown' (delivery attempts: 0)", BounceReason.UnknownUser)]
    [InlineData("5.1.0", "smtp; 5.1.0 - Unknown address error 554-'5.7.1 blocked using bl.spamcop.net' (delivery attempts: 0)", BounceReason.Blocked)]
    [InlineData("5.3.0", "smtp; 5.3.0 - Other mail system problem 554-'delivery error: dd This user doesn't have a yahoo.com account' (delivery attempts: 0)", BounceReason.UnknownUser)]
    [InlineData("5.1.2", "smtp; 5.1.2 - Bad destination host 'DNS Hard Error looking up example.net (MX):  NXDomain' (delivery attempts: 0)", BounceReason.UnknownHost)]
    [InlineData("5.4.7", "smtp; 5.4.7 - Delivery expired (message too old) 'timeout' (delivery attempts: 0)", BounceReason.Expired)]
    [InlineData("5.2.2", "smtp; 552 5.2.2 Over quota", BounceReason.MailboxFull)]
    [InlineData("5.1.1", "x-notes; User ann not listed in Domino Directory", BounceReason.UnknownUser)]
    [InlineData("5.0.0", "smtp;550 Sender address rejected: unknown user in sender domain", BounceReason.SenderRefused)]
    [InlineData("4.4.7", "smtp;400 4.4.7 Message delayed", BounceReason.Expired)]
    [InlineData("5.3.0", "smtp; 5.3.0 - Other mail system problem 550-'5.1.1 no such user' (delivery attempts: 0)", BounceReason.UnknownUser)]
    [InlineData("5.4.0", "smtp; 550 5.1.1 <ann@example.net> unknown user", BounceReason.UnknownUser)]
    [InlineData("5.4.0", "smtp; 550 unknown user", BounceReason.Refused)]
    [InlineData("5.1.1", "", BounceReason.UnknownUser)]
    [InlineData("5.1.2", "", BounceReason.UnknownHost)]
    [InlineData("5.2.1", "", BounceReason.Suspended)]
    [InlineData("5.2.2", "", BounceReason.MailboxFull)]
    [InlineData("5.7.1", "", BounceReason.Policy)]
    [InlineData("5.0.0", "", BounceReason.Undefined)]
    public void Fields_alone_are_read(string status, string diagnostic, BounceReason expected)
    {
        var line = diagnostic.Length > 0 ? $"Diagnostic-Code: {diagnostic}\n" : "";
        var mail = ReturnedMailReader.Read(Encoding.UTF8.GetBytes($"From: MAILER-DAEMON@relay.example.org\nSubject: Delivery Status Notification (Failure)\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n\nYour message could not be delivered.\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; relay.example.org\n\nFinal-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: {status}\n{line}\n--x--\n"));

        Assert.Equal(expected, Assert.Single(mail.Recipients).Reason);
    }
}
