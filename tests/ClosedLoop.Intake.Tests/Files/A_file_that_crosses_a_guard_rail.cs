using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Files;

public sealed class A_file_that_crosses_a_guard_rail
{
    private const string Next = "20260303091000_subscribers.csv";
    private static readonly ClientDefinition Guarded = Client with { Import = Client.Import with { Guards = new ImportGuards() } };
    private static readonly Approver Anna = new("anna", "anna", "sale is over");
    private static readonly Approver CommandLine = new("command line", null, "sale is over");

    [Theory]
    [InlineData(13, 0, null)]
    [InlineData(14, 0, "rows: +40 % recipients against 20260302091000_subscribers.csv; ±30 % is allowed")]
    [InlineData(7, 0, null)]
    [InlineData(6, 0, "rows: -40 % recipients against 20260302091000_subscribers.csv; ±30 % is allowed")]
    [InlineData(10, 1, null)]
    [InlineData(10, 2, "empty: 20 points more values of firstname are empty than in 20260302091000_subscribers.csv; 10 are allowed")]
    public async Task Waits_and_one_that_only_touches_it_goes_on(int rows, int empty, string? crossed)
    {
        await using var h = await IntakeHarness.CreateAsync(Guarded);
        var file = await FirstAndNextAsync(h, rows, empty);
        if (crossed is null)
        {
            Assert.Equal((FileState.Archived, 2), (file.State, h.Switchboard.Started.Count));
            return;
        }

        Assert.Equal((FileState.AwaitingApproval, "W155", crossed, 0L), (file.State, file.Code, file.Message, file.Imported));
        Assert.Single(h.Switchboard.Started);
        Assert.Single(h.Mailings.Latest(9));
        Assert.False(h.Switchboard.Stopped);
        Assert.Equal([Next], h.Files("processing"));
        var status = h.Text("log", "20260303091000_subscribers.status.txt");
        Assert.StartsWith($"Subject: [closed-loop] WAITING {Next}\n", status, StringComparison.Ordinal);
        Assert.Contains("\nstate: awaiting-approval\n", status, StringComparison.Ordinal);
        Assert.Contains($"\ncrossed: {crossed}\ndecide: approve|replace|discard\n", status, StringComparison.Ordinal);
        Assert.Contains(" start=approval\n", status, StringComparison.Ordinal);
        Assert.Contains("W155", h.Text("log", "20260303091000_subscribers.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_when_the_client_has_no_guard_rails_or_has_switched_that_one_off()
    {
        foreach (var guards in new[] { null, new ImportGuards { RowsPercent = null } })
        {
            await using var h = await IntakeHarness.CreateAsync(Client with { Import = Client.Import with { Guards = guards } });
            Assert.Equal(FileState.Archived, (await FirstAndNextAsync(h, rows: 1)).State);
        }
    }

    [Fact]
    public async Task Goes_on_when_there_is_none_before_it_or_it_is_test_data()
    {
        var import = Guarded.Import with { Test = true, TestList = ["*@example.org"] };
        await using var h = await IntakeHarness.CreateAsync(Guarded with { Import = import });
        h.TwoPeopleAbove = 3;
        Assert.Equal(FileState.Archived, (await FirstAndNextAsync(h, rows: 1, drop: ZoneFolder.InTest, approve: true)).State);
    }

    [Fact]
    public async Task Is_compared_column_by_column_also_after_the_list_got_another_in_between()
    {
        await using var h = await IntakeHarness.CreateAsync(Guarded);
        h.Drop(Rows(10));
        await h.TakeInAsync();
        var fields = Guarded.List.Fields.ToList();
        fields.Insert(3, new() { Name = "nickname", DisplayName = "Nickname", Length = 20 });
        await h.RedefineAsync(Guarded with { List = Guarded.List with { Fields = fields } });
        h.Drop(Rows(10).Replace(";501;", ";501;;", StringComparison.Ordinal), Next);
        Assert.Equal(FileState.Archived, (await h.TakeInAsync(Next)).State);
    }

    [Fact]
    public async Task Goes_on_where_it_stood_when_it_is_approved_and_only_once()
    {
        await using var h = await IntakeHarness.CreateAsync(Guarded);
        var file = await FirstAndNextAsync(h, rows: 5);
        Assert.Empty(await h.RestartAsync());
        Assert.True((await h.Intake().ApproveAsync(h.Client, file.FileId, CommandLine)).Done);
        var again = await h.Intake().ApproveAsync(h.Client, file.FileId, CommandLine);
        Assert.Equal((false, $"{Next} is imported; only a file that waits for approval can be approved"), (again.Done, again.Text));

        var end = Assert.Single(await h.RestartAsync());
        Assert.Equal((FileState.Archived, null, 5L), (end.State, end.Message, end.Imported));
        Balances(h, end, 5);
        Assert.Empty(await h.RestartAsync());
        Assert.Equal(2, h.Switchboard.Started.Count);
    }

    [Theory]
    [InlineData(FileState.Validated)]
    [InlineData(FileState.AwaitingApproval)]
    [InlineData(FileState.Imported)]
    public async Task Survives_a_crash_at_any_step(FileState at)
    {
        await using var h = await IntakeHarness.CreateAsync(Guarded);
        h.Drop(Rows(10));
        await h.TakeInAsync();
        var people = new RecordingNotifier();
        h.Notifier = people;
        h.Drop(Rows(5), Next);
        h.CrashAt = at;
        if (at == FileState.Imported)
        {
            var waiting = await h.TakeInAsync(Next);
            await Assert.ThrowsAsync<CrashException>(() => h.Intake().ApproveAsync(h.Client, waiting.FileId, CommandLine));
        }
        else
        {
            await Assert.ThrowsAsync<CrashException>(() => h.TakeInAsync(Next));
            await h.RestartAsync();
            await h.RestartAsync();
            var held = Assert.Single(h.Register.Held(ClientId));
            Assert.Equal([Next], people.Told.Select(status => status.File).Distinct());
            Assert.Single(people.Told.Select(status => status.Cause).Distinct());
            Assert.All(people.Told, status => Assert.Equal("WAITING", StatusText.Verdict(status)));
            Assert.True((await h.Intake().ApproveAsync(h.Client, held.FileId, CommandLine)).Done);
        }

        var end = Assert.Single(await h.RestartAsync());
        Balances(h, end, 5);
        Assert.Equal(2, h.Count("SELECT COUNT(*) FROM inbound_file"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(FileState.Discarded)]
    public async Task Leaves_nothing_when_it_is_discarded_and_may_come_again(FileState? crash)
    {
        await using var h = await IntakeHarness.CreateAsync(Guarded);
        var file = await FirstAndNextAsync(h, rows: 5);
        h.Switchboard.Stopped = true;
        h.CrashAt = crash;
        if (crash is null) Assert.True((await h.Intake().DiscardAsync(h.Zone, h.Client, file.FileId)).Done);
        else await Assert.ThrowsAsync<CrashException>(() => h.Intake().DiscardAsync(h.Zone, h.Client, file.FileId));
        Assert.Empty(await h.RestartAsync());

        Assert.Equal(FileState.Discarded, h.Register.Find(file.FileId)!.State);
        Assert.Equal((10L, 1L, 1L), (h.Count("SELECT COUNT(*) FROM recipient"), h.Count("SELECT COUNT(*) FROM mailing"), h.Count("SELECT COUNT(*) FROM file_group")));
        Assert.Empty(h.Files("processing"));
        Assert.Contains(Next, h.Files("archive"));

        // Another file has stopped the folder; settling this one is no reason to set it going.
        Assert.True(h.Switchboard.Stopped);
        Assert.False((await h.Intake().ApproveAsync(h.Client, file.FileId, Anna)).Done);
        h.Drop(Rows(5), Next);
        Assert.Equal(FileState.AwaitingApproval, (await h.TakeInAsync(Next)).State);
    }

    [Fact]
    public async Task Makes_room_for_a_corrected_file_and_cannot_be_retried()
    {
        await using var h = await IntakeHarness.CreateAsync(Guarded);
        var file = await FirstAndNextAsync(h, rows: 5);
        var retried = await h.Intake().RetryAsync(h.Zone, h.Client, file.FileId);
        Assert.Equal((false, true), (retried.Done, retried.Text.Contains("approve, replace or discard", StringComparison.Ordinal)));
        var corrected = h.Path("corrected.csv");
        await File.WriteAllTextAsync(corrected, Rows(9));
        Assert.True((await h.Intake().ReplaceAsync(h.Zone, h.Client, file.FileId, corrected)).Done);

        Assert.Equal(FileState.Replaced, h.Register.Find(file.FileId)!.State);
        var end = await h.TakeInAsync(Next);
        Assert.Equal((FileState.Archived, 9L), (end.State, end.Imported));
        Assert.Equal(19, h.Count("SELECT COUNT(*) FROM recipient"));
    }

    [Fact]
    public async Task Is_no_file_before_the_next_one_and_refuses_its_repetition()
    {
        await using var h = await IntakeHarness.CreateAsync(Guarded);
        await FirstAndNextAsync(h, rows: 5);
        h.Drop(Rows(5), "20260304091000_subscribers.csv");
        Assert.Equal("E103", (await h.TakeInAsync("20260304091000_subscribers.csv")).Code);
        h.Drop(Rows(11), "20260305091000_subscribers.csv");
        Assert.Equal(FileState.Archived, (await h.TakeInAsync("20260305091000_subscribers.csv")).State);
    }

    [Fact]
    public async Task Keeps_its_recipients_from_a_silo_that_was_overtaken()
    {
        await using var h = await IntakeHarness.CreateAsync(Guarded);
        var file = await FirstAndNextAsync(h, rows: 5);

        // What a frozen silo does when it wakes up amidst the same file: remove what lies there, find counts, hold or publish it.
        await h.Ledger.RemoveImportAsync(file.FileId);
        await h.Register.ValidatedAsync(file.FileId, new FileCounts(1, 1, 1, 1), []);
        await Assert.ThrowsAsync<ImportOvertakenException>(() => h.Writer.WriteAsync(context =>
            FileRegister.Hold(context, file.FileId, [new FileGroupRow(1, 1, 1)], FileProblem.OfFile(Model.Errors.ErrorCodes.W155, FileStep.Validate, "other"))));
        await Assert.ThrowsAsync<ImportOvertakenException>(() => h.Writer.WriteAsync(context => FileRegister.Imported(context, file.FileId, [])));

        Assert.Equal(file, h.Register.Find(file.FileId));
        await h.Intake().ApproveAsync(h.Client, file.FileId, Anna);
        Balances(h, Assert.Single(await h.RestartAsync()), 5);
    }

    [Fact]
    public async Task That_reaches_many_people_takes_two_who_are_known()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.TwoPeopleAbove = 4;
        h.Drop(Rows(4));
        Assert.Equal(FileState.Archived, (await h.TakeInAsync()).State);
        h.Drop(Rows(5), Next);
        var file = await h.TakeInAsync(Next);
        Assert.Equal((FileState.AwaitingApproval, "people: 5 recipients are to be mailed for real; above 4 two people have to approve"), (file.State, file.Message));

        Assert.StartsWith("CL9590:", (await h.Intake().ApproveAsync(h.Client, file.FileId, CommandLine)).Text, StringComparison.Ordinal);
        var first = await h.Intake().ApproveAsync(h.Client, file.FileId, Anna);
        Assert.Equal((true, $"{Next} is approved by anna; another person has to approve it, too"), (first.Done, first.Text));
        Assert.StartsWith("CL9591:", (await h.Intake().ApproveAsync(h.Client, file.FileId, Anna with { Name = "key of anna" })).Text, StringComparison.Ordinal);
        Assert.Equal(["anna"], new ApprovalStore(h.Database).Of(FileRegister.SubjectOf(file.FileId)).Select(approval => approval.Person));
        Assert.Empty(await h.RestartAsync());
        Assert.True((await h.Intake().ApproveAsync(h.Client, file.FileId, new("bert", "bert", "so it is"))).Done);
        Balances(h, Assert.Single(await h.RestartAsync()), 5);
        Assert.Equal(0, h.Count("SELECT COUNT(*) FROM approval"));
    }

    [Fact]
    public async Task Mails_nobody_who_was_erased_while_it_waited()
    {
        await using var h = await IntakeHarness.CreateAsync(Guarded);
        var file = await FirstAndNextAsync(h, rows: 5);
        var erased = new ErasedPeople(h.Database, h.Writer, () => new ErasureKey(new byte[ErasureKey.Size]));
        var result = await new PersonErasure(h.Database, h.Writer, h.Ledger, new PersonReader(h.Database), erased, TimeProvider.System).EraseAsync(ClientId, "r3@example.org");
        Assert.True(result.Withdrawn > 0);
        await h.Intake().ApproveAsync(h.Client, file.FileId, Anna);
        var mailing = Assert.Single(h.Mailings.OfFile(Assert.Single(await h.RestartAsync()).FileId));
        var counts = h.Ledger.Count(mailing.MailingId);
        Assert.Equal((5L, 4L, 1L), (counts.Total, counts.Waiting, counts.Suppressed));
        Assert.Empty(new AddressLookup(h.Database).FindAll("r3@example.org"));
    }

    private static async Task<InboundFile> FirstAndNextAsync(IntakeHarness h, int rows, int empty = 0, ZoneFolder? drop = null, bool approve = false)
    {
        h.Drop(Rows(10));
        var first = await h.TakeInAsync();
        if (approve)
        {
            await h.Intake().ApproveAsync(h.Client, first.FileId, Anna);
            await h.Intake().ApproveAsync(h.Client, first.FileId, new("bert", "bert", "x"));
            await h.RestartAsync();
        }

        h.Drop(Rows(rows, empty), Next, drop == ZoneFolder.InTest ? "in-test" : "in");
        return await h.TakeInAsync(Next, drop);
    }

    private static string Rows(int count, int empty = 0) =>
        string.Concat(Enumerable.Range(0, count).Select(i => i < empty ? Row($"r{i}@example.org").Replace("Anna", "", StringComparison.Ordinal) : Row($"r{i}@example.org")));

    private static void Balances(IntakeHarness h, InboundFile file, long rows)
    {
        Assert.Equal((FileState.Archived, rows), (file.State, file.Imported));
        var mailing = Assert.Single(h.Mailings.OfFile(file.FileId));
        Assert.Equal((MailingState.Queued, rows), (mailing.State, mailing.Accepted));
        Assert.Equal(rows, h.Count(FormattableString.Invariant($"SELECT COUNT(DISTINCT r.address) FROM recipient r WHERE r.mailing_id = {mailing.MailingId}")));
        Assert.Equal(0, h.Count("SELECT COUNT(*) FROM mailing WHERE state = 0"));
        Assert.Empty(h.Files("processing"));
    }
}
