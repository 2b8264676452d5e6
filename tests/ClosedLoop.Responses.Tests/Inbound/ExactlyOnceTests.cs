using ClosedLoop.Mail;
using ClosedLoop.Mail.Inbound;
using ClosedLoop.Responses.Inbound;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Inbound;

public class ExactlyOnceTests
{
    [Fact]
    public async Task The_same_mail_by_two_entries_counts_once()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        var mail = InboundTest.Report(test.ReturnPath(mailing, 0));

        Assert.False((await test.Mailbox.AcceptAsync("http", null, mail)).IsRepeated);
        Assert.True((await test.Mailbox.AcceptAsync("maildir", "1.x.host", mail)).IsRepeated);
        Assert.True((await test.Mailbox.AcceptAsync("http", null, mail)).IsRepeated);

        Assert.Equal(1, test.Responses());
    }

    [Fact]
    public async Task The_same_name_with_changed_marks_counts_once()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        var mail = InboundTest.Report(test.ReturnPath(mailing, 0));

        await test.Mailbox.AcceptAsync("pop3:a@b", "uid-1", mail);
        Assert.True((await test.Mailbox.AcceptAsync("pop3:a@b", "uid-1", (byte[])[.. "Status: RO\r\n"u8, .. mail])).IsRepeated);

        Assert.Equal(1, test.Responses());
    }

    [Fact]
    public async Task A_mail_left_in_the_Maildir_by_a_crash_counts_once()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        var maildir = new MaildirReader(test.Options.Maildir!, 1_000_000);
        var mail = InboundTest.Report(test.ReturnPath(mailing, 0));
        maildir.Deliver("1.first.host", mail);
        var entry = new MaildirEntry(test.Mailbox, test.Options, test.Data.Clock, NullLogger<MaildirEntry>.Instance);

        // Registered, and then the process ended before the move.
        await test.Mailbox.AcceptAsync("maildir", "1.first.host", mail);
        Assert.Equal(1, await entry.ReadAsync(CancellationToken.None));

        Assert.Equal(1, test.Responses());
        Assert.Empty(maildir.New());
        Assert.Equal([$"1.first.host,CL={test.Data.Clock.Now:yyyyMMdd}:2,S"], Directory.GetFiles(Path.Combine(test.Options.Maildir!, "cur")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task One_octet_more_than_the_limit_is_not_taken()
    {
        await using var test = new InboundTest();

        Assert.Equal(1, (await test.Mailbox.AcceptAsync("test", null, new byte[test.Options.MaxMessageBytes])).Id);
        await Assert.ThrowsAsync<MailFormatException>(() => test.Mailbox.AcceptAsync("test", null, new byte[test.Options.MaxMessageBytes + 1]));

        // It stays where it is, and does not stand in the way of others.
        var maildir = new MaildirReader(test.Options.Maildir!, 0);
        maildir.Deliver("2.large.host", new byte[test.Options.MaxMessageBytes + 1]);
        maildir.Deliver("3.small.host", InboundTest.Mail("Subject: small\n\n"));
        await new MaildirEntry(test.Mailbox, test.Options, test.Data.Clock, NullLogger<MaildirEntry>.Instance).ReadAsync(CancellationToken.None);
        Assert.Equal(2, test.Data.Scalar("SELECT COUNT(*) FROM inbound_mail"));
        Assert.Equal(["2.large.host"], maildir.New());

        var raised = test.Options with { MaxMessageBytes = test.Options.MaxMessageBytes + 1 };
        var mailbox = new InboundMailbox(test.Store, test.Addresses, test.Links, raised, test.Data.Clock, NullLogger<InboundMailbox>.Instance);
        await new MaildirEntry(mailbox, raised, test.Data.Clock, NullLogger<MaildirEntry>.Instance).ReadAsync(CancellationToken.None);
        Assert.Empty(maildir.New());
        Assert.Equal(3, test.Data.Scalar("SELECT COUNT(*) FROM inbound_mail"));
    }

    [Fact]
    public async Task Only_what_was_moved_to_cur_by_the_service_leaves_it_after_the_retention()
    {
        await using var test = new InboundTest();
        var maildir = new MaildirReader(test.Options.Maildir!, 0);
        var current = Path.Combine(test.Options.Maildir!, "cur");
        maildir.Deliver("1.host", InboundTest.Mail("Subject: first\n\n"));
        maildir.Deliver("2.host", InboundTest.Mail("Subject: second\n\n"));
        await new MaildirEntry(test.Mailbox, test.Options, test.Data.Clock, NullLogger<MaildirEntry>.Instance).ReadAsync(CancellationToken.None);
        var upkeep = new InboundUpkeep(test.Store, test.Counters, test.Options, test.Data.Clock, NullLogger<InboundUpkeep>.Instance);
        foreach (var name in (string[])["9.reader.host:2,S", "9.reader.host,S=12:2,RS", "9.odd.host,CL=tomorrow:2,S"]) await File.WriteAllTextAsync(Path.Combine(current, name), "x");

        // Somebody looked at one of ours and answered it.
        var ours = Directory.GetFiles(current, "2.*").Single();
        File.Move(ours, ours + "R");

        test.Data.Clock.Now += TimeSpan.FromDays(30);
        await upkeep.RunAsync(CancellationToken.None);
        Assert.Equal(5, Directory.GetFiles(current).Length);
        test.Data.Clock.Now += TimeSpan.FromDays(1);
        await upkeep.RunAsync(CancellationToken.None);

        Assert.Equal(["9.odd.host,CL=tomorrow:2,S", "9.reader.host,S=12:2,RS", "9.reader.host:2,S"], Directory.GetFiles(current).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Raw_mails_are_kept_for_the_retention_and_not_longer()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        var mail = InboundTest.Report(test.ReturnPath(mailing, 0));
        await test.Mailbox.AcceptAsync("test", null, mail);
        var unmatched = await test.Mailbox.AcceptAsync("test", null, InboundTest.Mail("From: x@example.net\nSubject: hello\n\n"));
        var upkeep = new InboundUpkeep(test.Store, test.Counters, test.Options, test.Data.Clock, NullLogger<InboundUpkeep>.Instance);

        test.Data.Clock.Now += TimeSpan.FromDays(30);
        Assert.Equal(0, (await upkeep.RunAsync(CancellationToken.None)).Removed);
        Assert.Equal(2, Directory.GetFiles(test.Options.Directory, "*", SearchOption.AllDirectories).Length);

        test.Data.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(2, (await upkeep.RunAsync(CancellationToken.None)).Removed);
        Assert.Empty(Directory.GetFiles(test.Options.Directory, "*", SearchOption.AllDirectories));
        Assert.Null(test.Store.Find(unmatched.Id)!.Subject);

        // The register still knows it.
        Assert.True((await test.Mailbox.AcceptAsync("test", null, mail)).IsRepeated);
    }

    [Fact]
    public async Task Soft_counter_falls_after_seven_quiet_days_behind_a_delivery()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        await test.Mailbox.AcceptAsync("test", null, InboundTest.Report(test.ReturnPath(mailing, 0), status: "5.2.2", diagnostic: "552 5.2.2 full"));
        await test.Mailbox.AcceptAsync("test", null, InboundTest.Report(test.ReturnPath(mailing, 0)));
        var upkeep = new InboundUpkeep(test.Store, test.Counters, test.Options, test.Data.Clock, NullLogger<InboundUpkeep>.Instance);
        test.Data.Clock.Now += TimeSpan.FromDays(8);
        Assert.Equal(0, (await upkeep.RunAsync(CancellationToken.None)).Decayed);

        await test.DeliverAsync("ann@example.net");
        test.Data.Clock.Now += TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1);
        Assert.Equal(0, (await upkeep.RunAsync(CancellationToken.None)).Decayed);
        test.Data.Clock.Now += TimeSpan.FromSeconds(2);

        Assert.Equal(1, (await upkeep.RunAsync(CancellationToken.None)).Decayed);
        Assert.Equal((1, 0), test.Counters.Find(ResponseDatabase.ClientId, "ann@example.net"));
        Assert.True(await test.Counters.ResetAsync(ResponseDatabase.ClientId, "ANN@example.net"));
        Assert.Equal((0, 0), test.Counters.Find(ResponseDatabase.ClientId, "ann@example.net"));
    }

    [Fact]
    public async Task A_bounce_of_the_later_delivery_stops_the_decay()
    {
        await using var test = new InboundTest();
        var mailing = await test.Data.StartAsync("ann@example.net");
        await test.Mailbox.AcceptAsync("test", null, InboundTest.Report(test.ReturnPath(mailing, 0), status: "5.2.2", diagnostic: "552 5.2.2 full"));
        await test.DeliverAsync("ann@example.net");
        await test.Mailbox.AcceptAsync("test", null, InboundTest.Report(test.ReturnPath(mailing, 0), status: "4.4.1", diagnostic: "timed out"));
        var upkeep = new InboundUpkeep(test.Store, test.Counters, test.Options, test.Data.Clock, NullLogger<InboundUpkeep>.Instance);
        test.Data.Clock.Now += TimeSpan.FromDays(8);

        Assert.Equal(0, (await upkeep.RunAsync(CancellationToken.None)).Decayed);
        Assert.Equal((0, 2), test.Counters.Find(ResponseDatabase.ClientId, "ann@example.net"));
    }
}
