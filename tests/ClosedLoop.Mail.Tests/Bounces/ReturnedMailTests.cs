using System.Text;
using ClosedLoop.Mail.Bounces;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Tests.Bounces;

public sealed class ReturnedMailTests
{
    private static ReturnedMail Read(string text) => ReturnedMailReader.Read(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));

    private static string Report(string fields, string words = "Something went wrong.", string returned = "Message-ID: <7.1@news.example.org>\nTo: ann@example.net\n") => $"""
        From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
        To: <b-token@return.example.org>
        Delivered-To: b-token@return.example.org
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x

        {words}
        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        {fields}
        --x
        Content-Type: text/rfc822-headers

        {returned}
        --x--
        """;

    [Fact]
    public void Delivery_report_gives_recipient_status_and_reason()
    {
        var mail = Read(Report("Final-Recipient: rfc822; ann@example.net\nOriginal-Recipient: rfc822;anna@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <ann@example.net>\n  User unknown"));

        var one = Assert.Single(mail.Recipients);
        Assert.Equal(ReturnedMailKind.Bounce, mail.Kind);
        Assert.Equal(("ann@example.net", "anna@example.net", new EnhancedStatusCode(5, 1, 1), 550, BounceReason.UnknownUser, true), (one.Address, one.OriginalAddress, one.Status, one.ReplyCode, one.Reason, one.IsHard));
        Assert.Equal("550 5.1.1 <ann@example.net> User unknown", one.Diagnostic);
        Assert.Equal("<7.1@news.example.org>", mail.ReturnedHeaders["Message-ID"]);
        Assert.Equal("b-token@return.example.org", mail.DeliveredTo[0]);
    }

    [Theory]
    [InlineData("5.2.2", "552 5.2.2 mailbox full", BounceReason.MailboxFull)]
    [InlineData("5.1.1", "550 5.7.1 Your IP is on a block list", BounceReason.Blocked)]
    [InlineData("5.0.0", "554 5.7.26 fails DMARC policy", BounceReason.Authentication)]
    [InlineData("5.3.4", "552 5.3.4 Message size exceeds fixed limit", BounceReason.TooBig)]
    [InlineData("4.4.1", "connect to mx.example.net: Connection timed out", BounceReason.Expired)]
    [InlineData("5.4.4", "Host or domain name not found", BounceReason.UnknownHost)]
    [InlineData("5.1.10", "556 5.1.10 Domain does not accept mail (nullMX)", BounceReason.NoMailService)]
    [InlineData("5.1.6", "551 5.1.6 recipient has moved", BounceReason.Moved)]
    [InlineData("4.1.1", "450 4.1.1 user unknown", BounceReason.UnknownUser)]
    [InlineData("5.1.1", "550 5.1.1 account disabled by policy", BounceReason.UnknownUser)]
    public void Reason_is_read_from_words_and_code(string status, string diagnostic, BounceReason expected) =>
        Assert.Equal(expected, Read(Report($"Final-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: {status}\nDiagnostic-Code: smtp; {diagnostic}")).Recipients[0].Reason);

    [Theory]
    [InlineData("(in reply to RCPT TO command)", true)]
    [InlineData("(in reply to end of DATA command)", false)]
    public void Unknown_user_is_hard_when_the_recipient_command_was_refused(string stage, bool hard) =>
        Assert.Equal(hard, Read(Report("Final-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 user unknown", $"<ann@example.net>: host mx said: 550 user unknown {stage}")).Recipients[0].IsHard);

    [Theory]
    [InlineData("delayed", ReturnedMailKind.Delayed)]
    [InlineData("delivered", ReturnedMailKind.Delivered)]
    [InlineData("relayed", ReturnedMailKind.Delivered)]
    [InlineData("failed", ReturnedMailKind.Bounce)]
    public void Action_decides_the_kind(string action, ReturnedMailKind expected) =>
        Assert.Equal(expected, Read(Report($"Final-Recipient: rfc822; ann@example.net\nAction: {action}\nStatus: {(action == "failed" ? "5.0.0" : action == "delayed" ? "4.0.0" : "2.0.0")}")).Kind);

    [Fact]
    public void Lost_boundaries_do_not_hide_the_report()
    {
        var mail = Read(Report("Final-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: 5.1.1").Replace("boundary=x", "boundary=y", StringComparison.Ordinal));

        Assert.Equal((ReturnedMailKind.Bounce, "ann@example.net", true), (mail.Kind, mail.Recipients[0].Address, mail.Recipients[0].IsHard));
    }

    [Theory]
    [InlineData("Hi. This is the qmail-send program at mx.\n\n<ann@example.net>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nTo: other@example.org\n", true)]
    [InlineData("The following address(es) failed:\n\n  ann@example.net\n    SMTP error from remote mail server after RCPT TO:<ann@example.net>:\n    host mx [192.0.2.1]: 550 no such user\n", true)]
    [InlineData("The following address(es) failed:\n\n  ann@example.net\n    mailbox is full\n", false)]
    [InlineData("Your message\n\n  Subject: News\n\nwas not delivered to:\n\n  ann@example.net\n\nbecause:\n\n  User ann not listed in Domino Directory\n", true)]
    [InlineData("   ----- Transcript of session follows -----\n550 mx (smtp)... 550 Host unknown\n554 <ann@example.net>... 550 Host unknown\n", true)]
    public void Reports_in_plain_words_are_read(string words, bool hard)
    {
        var mail = Read("From: MAILER-DAEMON@mx.example.org\nTo: b@return.example.org\nSubject: Delivery failure\n\n" + words);

        Assert.Equal((ReturnedMailKind.Bounce, "ann@example.net", hard), (mail.Kind, Assert.Single(mail.Recipients).Address, mail.Recipients[0].IsHard));
    }

    [Fact]
    public void Complaint_names_type_and_recipient()
    {
        var mail = Read("From: fbl@example.net\nSubject: FW: News\nContent-Type: multipart/report; report-type=feedback-report; boundary=x\n\n--x\n\nA complaint.\n--x\nContent-Type: message/feedback-report\n\nFeedback-Type: Abuse\nVersion: 1\nOriginal-Rcpt-To: <ann@example.net>\n--x\nContent-Type: message/rfc822\n\nMessage-ID: <7.1@news.example.org>\nTo: ann@example.net\n\nhi\n--x--\n");

        Assert.Equal((ReturnedMailKind.Complaint, "abuse", "ann@example.net"), (mail.Kind, mail.FeedbackType, Assert.Single(mail.Recipients).Address));
        Assert.Equal("<7.1@news.example.org>", mail.ReturnedHeaders["Message-ID"]);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied\nSubject: Away", "I am away. Deliveries failed in the meantime? Unknown user? ask bob@example.net", ReturnedMailKind.AutoReply)]
    [InlineData("Subject: Out of Office: News", "back on Monday", ReturnedMailKind.AutoReply)]
    [InlineData("Subject: Automatische Antwort: News", "bis Montag", ReturnedMailKind.AutoReply)]
    [InlineData("Subject: Re: Vacation offers\nIn-Reply-To: <7.1@news.example.org>", "lovely, thanks", ReturnedMailKind.HumanReply)]
    [InlineData("Subject: AW: News\nReferences: <7.1@news.example.org>", "my mail to ann@example.net failed: user unknown, mailbox full", ReturnedMailKind.HumanReply)]
    [InlineData("Subject: hello", "first mail", ReturnedMailKind.Other)]
    public void Replies_are_never_bounces(string headers, string body, ReturnedMailKind expected)
    {
        var mail = Read($"From: Ann <ann@example.net>\nTo: b@return.example.org\n{headers}\n\n{body}\n");

        Assert.Equal(expected, mail.Kind);
        Assert.Empty(mail.Recipients);
    }

    [Fact]
    public void Answered_messages_are_named_from_the_nearest() =>
        Assert.Equal(["2@x.example", "1@x.example", "0@x.example"], Read("From: a@example.net\nIn-Reply-To: <2@x.example>\nReferences: <0@x.example> <1@x.example>\n <2@x.example>\n\n").AnsweredMessageIds);
}
