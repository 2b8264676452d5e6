using ClosedLoop.Data.Inbound;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Responses.Tests.Inbound;

public class CorrelationTests
{
    [Fact]
    public async Task Token_in_the_address_finds_the_message_in_any_case()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net", "bob@example.net");

        var receipt = await test.Mailbox.AcceptAsync("test", null, InboundTest.Report(test.ReturnPath(mailing, 1).ToUpperInvariant(), "elsewhere@example.com"));

        Assert.Equal(InboundOutcome.Response, receipt.Outcome);
        Assert.Equal(1, test.Data.Scalar("SELECT sequence FROM response WHERE category = 3"));
        Assert.Equal((1, 0), test.Counters.Find(ResponseDatabase.ClientId, "BOB@example.net"));
    }

    [Fact]
    public async Task Envelope_recipient_is_believed_before_the_headers()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net", "bob@example.net");

        await test.Mailbox.AcceptAsync("test", null, InboundTest.Report(test.ReturnPath(mailing, 0)), [test.ReturnPath(mailing, 1)]);

        Assert.Equal(1, test.Data.Scalar("SELECT sequence FROM response"));
    }

    [Theory]
    [InlineData("Return-Path: <{return}>")]
    [InlineData("List-Unsubscribe: <https://news.example.org/u/{link}>, <mailto:{unsubscribe}?subject=unsubscribe>")]
    [InlineData("List-Unsubscribe: <mailto:{unsubscribe}?subject=unsubscribe>")]
    [InlineData("Message-ID: <{mailing}.0@example.org>")]
    public async Task Returned_headers_find_the_message(string header)
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        var link = new byte[TrackingTokenCodec.MaxLength(0)];
        var length = test.Links.Write(link, TrackingTokenKind.Unsubscribe, mailing.MailingId, 0);
        var filled = header.Replace("{return}", test.ReturnPath(mailing, 0), StringComparison.Ordinal)
            .Replace("{link}", System.Text.Encoding.ASCII.GetString(link, 0, length), StringComparison.Ordinal)
            .Replace("{unsubscribe}", test.UnsubscribeAddress(mailing, 0), StringComparison.Ordinal)
            .Replace("{mailing}", $"{mailing.MailingId}", StringComparison.Ordinal);

        var receipt = await test.Mailbox.AcceptAsync("test", null, InboundTest.Report("bounces@example.org", returned: filled));

        Assert.Equal(InboundOutcome.Response, receipt.Outcome);
        Assert.Equal(1, test.Responses(3));
    }

    [Fact]
    public async Task A_guessed_message_id_counts_against_nobody()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");

        var receipt = await test.Mailbox.AcceptAsync("test", null, InboundTest.Report("bounces@example.org", "someone@example.com", returned: $"Message-ID: <{mailing.MailingId}.0@example.org>"));

        Assert.Equal((InboundOutcome.Unmatched, 0L), (receipt.Outcome, test.Responses()));
    }

    [Theory]
    [InlineData("Subject: Re: News", 0)]
    [InlineData("Subject: Out of Office: News\nAuto-Submitted: auto-replied", 4)]
    public async Task Answers_are_found_by_what_they_answer(string headers, int category)
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");

        await test.Mailbox.AcceptAsync("test", null, InboundTest.Mail($"From: ann@example.net\nTo: news@example.org\nIn-Reply-To: <{mailing.MailingId}.0@example.org>\n{headers}\n\nhello"));

        Assert.Equal(1, test.Responses(category));
        Assert.Null(test.Counters.Find(ResponseDatabase.ClientId, "ann@example.net"));
    }

    [Fact]
    public async Task An_altered_token_goes_to_the_tray()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        var altered = test.ReturnPath(mailing, 0).ToCharArray();
        altered[6] = altered[6] == 'a' ? 'b' : 'a';

        var receipt = await test.Mailbox.AcceptAsync("test", null, InboundTest.Report(new string(altered)));

        Assert.Equal(InboundOutcome.Unmatched, receipt.Outcome);
        var tray = Assert.Single(test.Store.Unmatched(10));
        Assert.True(File.Exists(Path.Combine(test.Options.Directory, tray.Path!)));
    }

    [Trait("Acceptance", "11")]
    [Theory]
    [InlineData("5.1.1", "550 5.1.1 user unknown", 3, "HARD")]
    [InlineData("5.1.2", "550 5.1.2 no such domain", 3, "HARD")]
    [InlineData("5.4.4", "550 5.4.4 unable to route", 3, "HARD")]
    [InlineData("5.0.0", "554 5.0.0 failed", 3, "HARD")]
    [InlineData("5.2.3", "552 5.2.3 message too long for the mailbox", 1, "SOFT")]
    [InlineData("5.3.4", "552 5.3.4 message too big for the system", 1, "SOFT")]
    [InlineData("", "it did not work", 1, "SOFT")]
    [InlineData("4.2.2", "452 4.2.2 over quota", 2, "SOFT")]
    [InlineData("5.2.2", "552 5.2.2 mailbox full", 1, "SOFT")]
    [InlineData("5.7.1", "550 5.7.1 spam", 1, "SOFT")]
    [InlineData("4.4.1", "timed out", 2, "SOFT")]
    public async Task Codes_become_categories(string status, string diagnostic, int category, string delivery)
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        await test.Data.SettleAsync(mailing, 0, RecipientState.Sent);

        await test.Mailbox.AcceptAsync("test", null, InboundTest.Report(test.ReturnPath(mailing, 0), status: status, diagnostic: diagnostic));

        Assert.Equal(1, test.Responses(category));
        Assert.Equal(delivery == "HARD" ? (1, 0) : (0, 1), test.Counters.Find(ResponseDatabase.ClientId, "ann@example.net"));
    }

    [Theory]
    [InlineData("delayed", "4.4.1")]
    [InlineData("delivered", "2.0.0")]
    public async Task Delays_and_successes_change_nothing(string action, string status)
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");

        var receipt = await test.Mailbox.AcceptAsync("test", null, InboundTest.Report(test.ReturnPath(mailing, 0), status: status, action: action, diagnostic: "later"));

        Assert.Equal((InboundOutcome.Ignored, 0L), (receipt.Outcome, test.Responses()));
        Assert.Empty(test.Store.Unmatched(10));
    }

    [Fact]
    public async Task A_complaint_unsubscribes_without_a_row_in_the_files()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        var complaint = InboundTest.Mail($"From: fbl@example.net\nTo: abuse@example.org\nSubject: FW\nContent-Type: multipart/report; report-type=feedback-report; boundary=x\n\n--x\n\nspam\n--x\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--x\nContent-Type: message/rfc822\n\nReturn-Path: <{test.ReturnPath(mailing, 0)}>\n\nhi\n--x--");

        Assert.Equal(InboundOutcome.Complaint, (await test.Mailbox.AcceptAsync("test", null, complaint)).Outcome);

        Assert.Equal(1, test.Data.Scalar("SELECT COUNT(*) FROM suppression WHERE kind = 1 AND reason = 'complaint' AND mailing_id IS NULL AND address = 'ann@example.net'"));
        Assert.Equal(0, test.Responses() + test.Data.Scalar("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task Mail_to_the_unsubscribe_address_unsubscribes_once()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        for (var i = 0; i < 2; i++)
            await test.Mailbox.AcceptAsync("test", null, InboundTest.Mail($"From: ann@example.net\nTo: {test.UnsubscribeAddress(mailing, 0)}\nSubject: unsubscribe\nX-Number: {i}\n\n"));

        Assert.Equal(1, test.Data.Scalar("SELECT COUNT(*) FROM suppression WHERE reason = 'mail'"));
        Assert.Equal(1, test.Data.Scalar("SELECT COUNT(*) FROM event WHERE kind = 3"));
    }

    [Theory]
    [InlineData("From: ann@example.net\nSubject: Out of Office\nAuto-Submitted: auto-replied\nTo: ")]
    [InlineData("From: MAILER-DAEMON@example.net\nSubject: Delivery failure\nTo: ")]
    public async Task Machines_do_not_unsubscribe_anybody(string headers)
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");

        await test.Mailbox.AcceptAsync("test", null, InboundTest.Mail($"{headers}{test.UnsubscribeAddress(mailing, 0)}\n\n<ann@example.net>:\nuser unknown\n"));

        Assert.Equal(0, test.Data.Scalar("SELECT COUNT(*) FROM suppression"));
    }
}
