using ClosedLoop.Data.Ledger;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>The service dies at each state of closed-loop spec section 6 and is started again.</summary>
public sealed class A_crash
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 2500).Select(i => Row($"r{i}@example.org", wave: i < 2100 ? "1" : "2")));

    [Trait("Acceptance", "3")]
    [Theory]
    [InlineData(FileState.Claimed)]
    [InlineData(FileState.Validated)]
    [InlineData(FileState.Imported)]
    [InlineData(FileState.Copied)]
    [InlineData(FileState.Started)]
    public async Task After_any_step_neither_loses_nor_doubles_a_recipient_or_a_copy(FileState at)
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Text);
        h.CrashAt = at;
        await Assert.ThrowsAsync<CrashException>(() => h.TakeInAsync());

        await BalancesAfterRestart(h);
    }

    [Fact]
    public async Task Between_claim_and_registration_loses_nothing()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Text);
        await h.Zone.ClaimAsync(ZoneFolder.In, IntakeHarness.Name);
        await BalancesAfterRestart(h);
    }

    [Fact]
    public async Task In_the_middle_of_the_import_leaves_nothing_visible_and_the_rest_is_removed()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Text);
        h.CrashAt = FileState.Validated;
        await Assert.ThrowsAsync<CrashException>(() => h.TakeInAsync());
        var torn = await h.Mailings.CreateAsync(new() { ClientId = ClientId, ClientVersion = 1, SourceId = IntakeHarness.Source, SourceVersion = 1, FileId = 1, Name = "torn" });
        await h.Ledger.ImportAsync(torn.MailingId, 0, [new("r0@example.org", [0])]);
        Assert.Empty(h.Mailings.Latest(10));

        await BalancesAfterRestart(h);
        Assert.Null(h.Mailings.Find(torn.MailingId));
    }

    [Fact]
    public async Task After_the_first_of_two_starts_starts_only_the_other()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Text);
        h.Switchboard.StartFault = new CrashException();
        h.Switchboard.StartsBeforeFault = 1;
        await Assert.ThrowsAsync<CrashException>(() => h.TakeInAsync());
        Assert.Single(h.Switchboard.Started);
        h.Switchboard.StartFault = null;
        await BalancesAfterRestart(h);
    }

    [Fact]
    public async Task While_a_failure_is_being_reported_is_made_up_for()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop("torn");
        h.CrashAt = FileState.FailedImport;
        await Assert.ThrowsAsync<CrashException>(() => h.TakeInAsync());
        Assert.False(h.Switchboard.Stopped);

        Assert.Empty(await h.RestartAsync());
        Assert.True(h.Switchboard.Stopped);
        Assert.Equal([IntakeHarness.Name, "20260302091000_subscribers.error.csv"], h.Files("error").OrderByDescending(n => n.Length == IntakeHarness.Name.Length));
        Assert.Empty(h.Files("processing"));
    }

    private static async Task BalancesAfterRestart(IntakeHarness h)
    {
        var file = Assert.Single(await h.RestartAsync());
        Assert.Equal(FileState.Archived, file.State);
        var mailings = h.Mailings.OfFile(file.FileId);
        Assert.Equal([2100L, 400L], mailings.Select(m => m.Accepted));
        Assert.All(mailings, m => Assert.Equal(MailingState.Queued, m.State));
        Assert.Equal(mailings.Select(m => m.MailingId), h.Switchboard.Started);
        Assert.Equal(2500, h.Count("SELECT COUNT(*) FROM ledger"));
        Assert.Equal(2500, h.Count("SELECT COUNT(DISTINCT address) FROM recipient"));
        Assert.Equal(2, h.Count("SELECT COUNT(*) FROM mailing"));
        Assert.Equal([IntakeHarness.Name], h.Files("archive"));
        Assert.Empty(h.Files("processing"));
        Assert.Empty(await h.RestartAsync());
    }
}
