using ClosedLoop.Data.Files;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>A file that is given up, of which those who sent it are told.</summary>
public sealed class A_file_that_is_rejected
{
    private const string Next = "20260303091000_subscribers.csv";
    private static readonly NotifySettings Contacts = new() { To = ["list@example.org"], ProblemsTo = ["night@example.org", "LIST@example.org"] };

    [Theory]
    [InlineData(null)]
    [InlineData(FileState.Discarded)]
    public async Task Is_told_of_once_when_it_waited_whatever_happens_after_the_decision(FileState? crash)
    {
        await using var h = await IntakeHarness.CreateAsync(Client with { Import = Client.Import with { Guards = new ImportGuards() }, Notify = Contacts });
        h.Drop(Rows(10));
        await h.TakeInAsync();
        h.Drop(Rows(5), Next);
        var file = await h.TakeInAsync(Next);
        h.CrashAt = crash;
        if (crash is null) Assert.EndsWith("; 2 told why by mail", (await RejectAsync(h, file, "wrong\nstate: archived")).Text, StringComparison.Ordinal);
        else await Assert.ThrowsAsync<CrashException>(() => RejectAsync(h, file, "wrong\nstate: archived"));
        await h.RestartAsync();
        Assert.False((await RejectAsync(h, file, "once more")).Done);

        var told = Told(h);
        Assert.Equal(["list@example.org", "night@example.org"], told.Select(notice => notice.Address).Order(StringComparer.Ordinal));
        Assert.All(told, notice => Assert.Equal($"[closed-loop] REJECTED {Next}", notice.Subject));
        var body = told[0].Body.Split('\n');
        Assert.Equal("reason: wrong state: archived", Assert.Single(body, line => line.StartsWith("reason:", StringComparison.Ordinal)));
        Assert.Equal("state: discarded", Assert.Single(body, line => line.StartsWith("state:", StringComparison.Ordinal)));
        Assert.Contains(body, line => line.StartsWith("crossed: rows:", StringComparison.Ordinal));
        Assert.DoesNotContain(body, line => line.StartsWith("decide:", StringComparison.Ordinal) || line.StartsWith("group:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_told_of_with_its_errors_when_it_failed()
    {
        await using var h = await IntakeHarness.CreateAsync(Client with { Notify = Contacts with { To = [] } });
        h.Drop("torn");
        var file = await h.TakeInAsync();
        Assert.True((await RejectAsync(h, file, "cut off")).Done);

        Assert.Equal(FileState.Discarded, h.Register.Find(file.FileId)!.State);
        var body = Told(h)[0].Body.Split('\n');
        Assert.Contains("reason: cut off", body);
        Assert.Contains(body, line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.DoesNotContain(body, line => line.StartsWith("restart:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stays_where_it_is_when_nobody_is_to_be_told()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop("torn");
        var file = await h.TakeInAsync();
        var refused = await RejectAsync(h, file, "cut off");
        Assert.Equal((false, true), (refused.Done, refused.Text.StartsWith("CL9585", StringComparison.Ordinal)));
        Assert.Equal(FileState.FailedImport, h.Register.Find(file.FileId)!.State);
        Assert.DoesNotContain(IntakeHarness.Name, h.Files("archive"));
    }

    [Fact]
    public async Task Tells_nobody_unless_that_is_wanted()
    {
        await using var h = await IntakeHarness.CreateAsync(Client with { Notify = Contacts });
        h.Drop("torn");
        var file = await h.TakeInAsync();
        Assert.True((await h.Intake().DiscardAsync(h.Zone, h.Client, file.FileId)).Done);
        Assert.Empty(Told(h));
    }

    private static Task<Grains.OperatorAnswer> RejectAsync(IntakeHarness h, InboundFile file, string reason) => h.Intake().DiscardAsync(h.Zone, h.Client, file.FileId, reason);

    // The harness keeps no status of files in the outbox: whatever lies there is of the rejection.
    private static IReadOnlyList<DueNotice> Told(IntakeHarness h) => new NoticeStore(h.Database, h.Writer, TimeProvider.System).Due(10);

    private static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(i => Row(FormattableString.Invariant($"p{i}@example.org"))));
}
