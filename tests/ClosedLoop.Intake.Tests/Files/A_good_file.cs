using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Files;

public sealed class A_good_file
{
    [Fact]
    public async Task Becomes_one_started_mailing_per_group_with_every_recipient_once()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Row("a@example.org") + Row("b@example.org", wave: "502") + Row("A@example.org") + Row("c@example.org") + Row("nobody"));
        var file = await h.TakeInAsync();

        Assert.Equal(FileState.Archived, file.State);
        Assert.Equal((5L, 3L, 2L, 1L, 1L), (file.Records, file.Imported, file.Skipped, file.Warnings, file.Errors));
        var mailings = h.Mailings.OfFile(file.FileId);
        Assert.Equal([(501L, 2L), (502, 1)], mailings.Select(m => (m.WaveId!.Value, m.Accepted)));
        Assert.All(mailings, m => Assert.Equal(MailingState.Queued, m.State));
        Assert.All(mailings, m => Assert.Equal("Hello", h.Mailings.ReadFrozen(m.ContentHash!).Source.Subject));
        Assert.Equal("Spring 2026-03-02 09:10:00 [501]", mailings[0].Name);
        Assert.Equal(mailings.Select(m => m.MailingId), h.Switchboard.Started);
        Assert.Equal(3, h.Count("SELECT COUNT(*) FROM recipient"));
        Assert.Equal(3, h.Count("SELECT COUNT(*) FROM ledger WHERE state = 0"));
        Assert.Equal(1, h.Count("SELECT COUNT(*) FROM recipient WHERE sequence = 1 AND address = 'c@example.org'"));
    }

    [Fact]
    public async Task Leaves_log_and_status_and_lies_in_the_archive()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Row("a@example.org") + Row("nobody"));
        await h.TakeInAsync();

        Assert.Empty(h.Files("in"));
        Assert.Empty(h.Files("processing"));
        Assert.Empty(h.Files("error"));
        Assert.Equal([IntakeHarness.Name], h.Files("archive"));
        Assert.Equal(["20260302091000_subscribers.log", "20260302091000_subscribers.status.txt"], h.Files("log"));
        var codes = h.Text("log", "20260302091000_subscribers.log").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')).ToList();
        Assert.All(codes, c => Assert.Equal(8, c.Length));
        Assert.Equal(["L600", "E202", "L601", "L602", "L603"], codes.Select(c => c[2]));
        Assert.Contains("\trec-2\t", h.Text("log", "20260302091000_subscribers.log"), StringComparison.Ordinal);
        var status = h.Text("log", "20260302091000_subscribers.status.txt");
        Assert.StartsWith("Subject: [closed-loop] WARNING 20260302091000_subscribers.csv\n\nfile: ", status, StringComparison.Ordinal);
        Assert.Contains(" total=2 net=1 skipped=1 start=queued\n", status, StringComparison.Ordinal);
        Assert.DoesNotContain("@", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_imported_in_chunks_when_it_is_long()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(string.Concat(Enumerable.Range(0, 5001).Select(i => Row($"r{i}@example.org", wave: (i % 2).ToString(System.Globalization.CultureInfo.InvariantCulture)))));
        var file = await h.TakeInAsync();
        Assert.Equal(5001, file.Imported);
        foreach (var mailing in h.Mailings.OfFile(file.FileId))
        {
            Assert.Equal(mailing.Accepted, h.Ledger.Count(mailing.MailingId).Waiting);
            Assert.Equal(mailing.Accepted - 1, h.Count($"SELECT MAX(sequence) FROM ledger WHERE mailing_id = {mailing.MailingId}"));
            var parity = mailing.WaveId!.Value;
            Assert.Equal(0, h.Count($"SELECT COUNT(*) FROM recipient WHERE mailing_id = {mailing.MailingId} AND address <> 'r' || (2 * sequence + {parity}) || '@example.org'"));
        }
    }

    [Fact]
    public async Task Warns_when_its_wave_was_used_by_an_earlier_file()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Row("a@example.org"));
        await h.TakeInAsync();
        h.Drop(Row("b@example.org"), "20260303091000_subscribers.csv");
        var second = await h.TakeInAsync("20260303091000_subscribers.csv");
        Assert.Equal(FileState.Archived, second.State);
        Assert.Equal("W154", Assert.Single(h.Register.Problems(second.FileId)).Code.Code);
    }
}
