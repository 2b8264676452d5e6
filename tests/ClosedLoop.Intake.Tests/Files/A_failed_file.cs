using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Files;

public sealed class A_failed_file
{
    private const string Next = "20260303091000_subscribers.csv";
    private const string ErrorName = "20260302091000_subscribers.error.csv";

    [Theory]
    [InlineData("a@example.org;71000000100;501;Ms;Anna;Berg\n", "E111", "parse")]
    [InlineData("a@example.org;71000000100;501;\"Ms;Anna;Berg;P\n", "E109", "parse")]
    [InlineData("a@example.org;71000000999;501;Ms;Anna;Berg;P\n", "E302", "validate")]
    [InlineData("", "E105", "parse")]
    public async Task Imports_nothing_and_says_why(string text, string code, string step)
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Row("z@example.org") is { } good && text.Length > 0 ? good + text : text);
        var file = await h.TakeInAsync();

        Assert.Equal((FileState.FailedImport, code), (file.State, file.Code));
        Assert.Equal(0, h.Count("SELECT (SELECT COUNT(*) FROM mailing) + (SELECT COUNT(*) FROM recipient) + (SELECT COUNT(*) FROM ledger)"));
        Assert.Empty(h.Switchboard.Started);
        Assert.True(h.Switchboard.Stopped);
        var lines = h.Text("error", ErrorName).Split('\n');
        Assert.Equal("line;record;column;code;step;group;message", lines[0]);
        Assert.Contains($"\"{code}\"", lines[1], StringComparison.Ordinal);
        Assert.Equal([$";;;STATE;{step};;restart=retry|replace|discard", ""], lines[^2..]);
        Assert.Contains(IntakeHarness.Name, h.Files("error"));
        Assert.StartsWith("Subject: [closed-loop] FAILED ", h.Text("log", "20260302091000_subscribers.status.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imports_nothing_although_most_of_it_was_written_when_the_fault_came()
    {
        await using var h = await IntakeHarness.CreateAsync();
        var good = string.Concat(Enumerable.Range(0, (2 * RecipientLedger.ImportBlock) + 5).Select(i => Row($"r{i}@example.org", wave: i % 7 == 0 ? "1" : "2")));
        h.Drop(good + "torn\n");
        var file = await h.TakeInAsync();

        Assert.Equal((FileState.FailedImport, "E111"), (file.State, file.Code));
        Assert.Equal(0, h.Count("SELECT (SELECT COUNT(*) FROM mailing) + (SELECT COUNT(*) FROM recipient) + (SELECT COUNT(*) FROM ledger)"));
        Assert.True(h.Count("SELECT next FROM id_sequence WHERE name = 'mailing'") > 71000000001, "nothing had been written before the fault, so this shows nothing");
    }

    [Fact]
    public async Task Leaves_the_folder_running_when_the_client_wants_it()
    {
        await using var h = await IntakeHarness.CreateAsync(Client with { Import = new() { StopOnError = false } });
        h.Drop("torn");
        Assert.Equal(FileState.FailedImport, (await h.TakeInAsync()).State);
        Assert.False(h.Switchboard.Stopped);
    }

    [Theory]
    [InlineData(IntakeHarness.Name, "b@example.org", "of this name")]
    [InlineData(Next, "a@example.org", "with this content")]
    public async Task Repeats_no_file_of_the_last_thirty_days(string name, string address, string reason)
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Row("a@example.org"));
        await h.TakeInAsync();
        h.Drop(Row(address), name);
        var second = await h.TakeInAsync(name);
        Assert.Equal((FileState.FailedImport, "E103"), (second.State, second.Code));
        Assert.Contains(reason, second.Message, StringComparison.Ordinal);

        // The operator means it: sent again, with a mailing of its own.
        Assert.True((await h.Intake().RetryAsync(h.Zone, h.Client, second.FileId)).Done);
        var again = await h.TakeInAsync(name);
        Assert.Equal((second.FileId, FileState.Archived), (again.FileId, again.State));
        Assert.Equal(2, h.Switchboard.Started.Count);
    }

    [Fact]
    public async Task Repeats_a_file_after_the_guard_time()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.RepeatGuard = TimeSpan.Zero;
        h.Drop(Row("a@example.org"));
        await h.TakeInAsync();
        h.Drop(Row("a@example.org"));
        Assert.Equal(FileState.Archived, (await h.TakeInAsync()).State);
        Assert.Equal(2, h.Files("archive").Length);
    }

    [Fact]
    public async Task That_cannot_be_read_is_set_aside_and_can_be_retried()
    {
        await using var h = await IntakeHarness.CreateAsync();
        var zone = h.Zone;
        h.Zone = new UnreadableZone(zone);
        h.Drop(Row("a@example.org"));
        var failed = await h.TakeInAsync();
        Assert.Equal((FileState.FailedImport, "E102", FileStep.Read), (failed.State, failed.Code, failed.Step));
        Assert.Contains(IntakeHarness.Name, h.Files("error"));

        h.Zone = zone;
        Assert.True((await h.Intake().RetryAsync(h.Zone, h.Client, failed.FileId)).Done);
        Assert.Equal(FileState.Archived, (await h.TakeInAsync()).State);
    }

    [Fact]
    public async Task Retry_goes_back_to_the_folder_and_is_taken_under_its_own_number()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Row("a@example.org", "71000000999"));
        var failed = await h.TakeInAsync();
        await h.Definitions.ApplyAsync(new SourceMailing { Id = 71000000999, ClientId = ClientId, Name = "Late", Subject = "Here now" });

        Assert.True((await h.Intake().RetryAsync(h.Zone, h.Client, failed.FileId)).Done);
        Assert.False(h.Switchboard.Stopped);
        Assert.Equal([IntakeHarness.Name], h.Files("in"));
        Assert.Empty(h.Files("error"));
        var file = await h.TakeInAsync();
        Assert.Equal((failed.FileId, FileState.Archived, 0L), (file.FileId, file.State, file.Errors));
        Assert.Single(h.Switchboard.Started);
    }

    [Fact]
    public async Task Retry_that_fails_again_waits_again()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop("torn");
        var failed = await h.TakeInAsync();
        await h.Intake().RetryAsync(h.Zone, h.Client, failed.FileId);
        var again = await h.TakeInAsync();
        Assert.Equal((failed.FileId, FileState.FailedImport, false), (again.FileId, again.State, again.Retried));
        Assert.True(h.Switchboard.Stopped);
        Assert.Equal(failed.FileId, Assert.Single(h.Register.Failed(ClientId)).FileId);
    }

    [Fact]
    public async Task Retry_interrupted_before_the_move_is_ended_by_the_restart()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop("torn");
        var failed = await h.TakeInAsync();
        await h.Register.SendBackAsync(failed.FileId);
        await h.RestartAsync();
        Assert.Equal([IntakeHarness.Name], h.Files("in"));
    }

    [Fact]
    public async Task Replace_puts_the_corrected_file_in_its_place()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop("torn");
        var failed = await h.TakeInAsync();
        var corrected = h.Path("corrected.csv");
        await File.WriteAllTextAsync(corrected, Row("a@example.org"));

        Assert.False((await h.Intake().ReplaceAsync(h.Zone, h.Client, failed.FileId, h.Path("missing.csv"))).Done);
        Assert.True((await h.Intake().ReplaceAsync(h.Zone, h.Client, failed.FileId, corrected)).Done);
        Assert.False(h.Switchboard.Stopped);
        Assert.Equal(FileState.Replaced, h.Register.Find(failed.FileId)!.State);
        Assert.Equal([IntakeHarness.Name], h.Files("archive"));
        var file = await h.TakeInAsync();
        Assert.Equal(FileState.Archived, file.State);
        Assert.NotEqual(failed.FileId, file.FileId);
        Assert.Equal(2, h.Files("archive").Length);
    }

    [Fact]
    public async Task Discard_archives_it_and_the_next_file_goes_through()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop("torn");
        var failed = await h.TakeInAsync();
        Assert.True((await h.Intake().DiscardAsync(h.Zone, h.Client, failed.FileId)).Done);
        Assert.False(h.Switchboard.Stopped);
        Assert.Equal(FileState.Discarded, h.Register.Find(failed.FileId)!.State);
        Assert.Contains(IntakeHarness.Name, h.Files("archive"));
        h.Drop(Row("a@example.org"), Next);
        Assert.Equal(FileState.Archived, (await h.TakeInAsync(Next)).State);
        Assert.False((await h.Intake().DiscardAsync(h.Zone, h.Client, failed.FileId)).Done);
    }

    [Fact]
    public async Task Failed_start_is_continued_without_a_second_import_or_copy()
    {
        await using var h = await FailedStart();
        var failed = Assert.Single(h.Register.Failed(ClientId));
        Assert.Equal((FileState.FailedStart, "E405", FileStep.Start), (failed.State, failed.Code, failed.Step));
        Assert.EndsWith(";;;STATE;start;;restart=retry|discard\n", h.Text("error", ErrorName), StringComparison.Ordinal);
        var before = h.Mailings.OfFile(failed.FileId).Select(m => m.MailingId).ToList();
        h.Switchboard.StartFault = null;

        Assert.False((await h.Intake().ReplaceAsync(h.Zone, h.Client, failed.FileId, h.Path("in"))).Done);
        Assert.True((await h.Intake().RetryAsync(h.Zone, h.Client, failed.FileId)).Done);
        Assert.Equal(FileState.Archived, Assert.Single(await h.RestartAsync()).State);
        Assert.Equal(before, h.Mailings.OfFile(failed.FileId).Select(m => m.MailingId));
        Assert.Equal(before, h.Switchboard.Started);
        Assert.Equal(2, h.Count("SELECT COUNT(*) FROM ledger"));
    }

    [Fact]
    public async Task Failed_start_that_is_discarded_cancels_only_what_was_not_sent()
    {
        await using var h = await FailedStart();
        var failed = Assert.Single(h.Register.Failed(ClientId));
        Assert.True((await h.Intake().DiscardAsync(h.Zone, h.Client, failed.FileId)).Done);
        Assert.Equal([MailingState.Queued, MailingState.Cancelled], h.Mailings.OfFile(failed.FileId).Select(m => m.State));
        Assert.Equal(FileState.Discarded, h.Register.Find(failed.FileId)!.State);
    }

    private static async Task<IntakeHarness> FailedStart()
    {
        var h = await IntakeHarness.CreateAsync();
        h.Switchboard.StartFault = new InvalidOperationException("CL4002: no");
        h.Switchboard.StartsBeforeFault = 1;
        h.Drop(Row("a@example.org", wave: "1") + Row("b@example.org", wave: "2"));
        await h.TakeInAsync();
        return h;
    }
}
