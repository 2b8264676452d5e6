using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>The test folder (closed-loop specification, section 15).</summary>
public sealed class Test_data
{
    private const string Next = "20260303091000_subscribers.csv";

    private static readonly ClientDefinition Tested = Client with { Import = Client.Import with { Test = true, TestList = ["anna@example.org", "*@test.example.org"] } };

    [Fact]
    public async Task Goes_to_the_test_list_only_and_its_mailing_is_flagged()
    {
        await using var h = await IntakeHarness.CreateAsync(Tested);
        h.Drop(Row("anna@example.org") + Row("Li@TEST.example.org") + Row("real@example.org"), folder: "in-test");
        var file = await h.TakeInAsync(drop: ZoneFolder.InTest);

        Assert.Equal((FileState.Archived, 2L, 1L, true), (file.State, file.Imported, file.Skipped, file.Test));
        var problem = Assert.Single(h.Register.Problems(file.FileId));
        Assert.Equal(("E206", 3L), (problem.Code.Code, problem.Record));
        Assert.DoesNotContain("real@", problem.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(h.Mailings.OfFile(file.FileId)).Test);
        Assert.Equal(0, h.Count("SELECT COUNT(*) FROM recipient WHERE address LIKE 'real%'"));
        Assert.Contains("\ntest: yes\n", h.Text("log", "20260302091000_subscribers.test.status.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_real_data_do_not_stand_in_each_others_way()
    {
        await using var h = await IntakeHarness.CreateAsync(Tested);
        var rows = Row("anna@example.org");
        h.Drop(rows, folder: "in-test");
        Assert.Equal(FileState.Archived, (await h.TakeInAsync(drop: ZoneFolder.InTest)).State);

        // The same name and content for real: neither a repetition nor a wave used before.
        h.Drop(rows);
        var real = await h.TakeInAsync();
        Assert.Equal((FileState.Archived, 0L, false), (real.State, real.Warnings, real.Test));
        Assert.False(Assert.Single(h.Mailings.OfFile(real.FileId)).Test);
        h.Drop(rows, Next, "in-test");
        Assert.Equal("E103", (await h.TakeInAsync(Next, ZoneFolder.InTest)).Code);
    }

    [Fact]
    public async Task That_fails_stops_nothing_and_settling_it_starts_nothing()
    {
        await using var h = await IntakeHarness.CreateAsync(Tested);
        h.Drop("torn", Next);
        await h.TakeInAsync(Next);
        Assert.True(h.Switchboard.Stopped);
        h.Drop(Row("real@example.org"), folder: "in-test");
        var failed = await h.TakeInAsync(drop: ZoneFolder.InTest);
        Assert.Equal((FileState.FailedImport, "E308"), (failed.State, h.Register.Problems(failed.FileId)[^1].Code.Code));
        Assert.Single(h.Switchboard.Stops);

        Assert.True((await h.Intake().RetryAsync(h.Zone, h.Client, failed.FileId)).Done);
        Assert.Equal([IntakeHarness.Name], h.Files("in-test"));
        Assert.True(h.Switchboard.Stopped);
        var again = await h.TakeInAsync(drop: ZoneFolder.InTest);
        Assert.Equal((failed.FileId, FileState.FailedImport), (again.FileId, again.State));
        Assert.True((await h.Intake().DiscardAsync(h.Zone, h.Client, again.FileId)).Done);
        Assert.True(h.Switchboard.Stopped);
    }

    [Fact]
    public async Task That_a_crash_left_claimed_is_still_test_data()
    {
        await using var h = await IntakeHarness.CreateAsync(Tested);
        h.Drop(Row("anna@example.org") + Row("real@example.org"), folder: "in-test");

        // The rename is done, the register does not know of it.
        Assert.NotNull(await h.Zone.ClaimAsync(ZoneFolder.InTest, IntakeHarness.Name));
        var file = Assert.Single(await h.RestartAsync());
        Assert.Equal((true, 1L), (file.Test, file.Imported));
    }

    [Fact]
    public async Task Has_no_folder_unless_it_is_wanted()
    {
        await using var h = await IntakeHarness.CreateAsync();
        Assert.False(Directory.Exists(h.Path("in-test")) || Directory.Exists(h.Path("processing-test")));
    }
}
