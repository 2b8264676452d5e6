using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>Start options of a source mailing (closed-loop specification, section 7).</summary>
public sealed class A_start_time
{
    [Fact]
    public async Task Of_the_day_is_stored_before_dispatch_hears_of_the_mailing()
    {
        await using var h = await IntakeHarness.CreateAsync(Client with { TimeZone = "Europe/Berlin" });
        await ApplyAsync(h, "afterImportAt 18:00");
        h.Drop(Row("a@example.org"));
        var file = await h.TakeInAsync();
        var mailing = Assert.Single(h.Mailings.OfFile(file.FileId));
        Assert.Equal((FileState.Archived, MailingState.Queued), (file.State, mailing.State));
        var local = TimeZoneInfo.ConvertTime(Model.Instants.FromMicroseconds(mailing.StartAt!.Value), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal(new TimeSpan(18, 0, 0), local.TimeOfDay);
        Assert.InRange(local, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1).AddHours(1));
        Assert.Contains(FormattableString.Invariant($"start={local.UtcDateTime:yyyy-MM-dd HH:mm:ss}"), h.Text("log", "20260302091000_subscribers.status.txt"), StringComparison.Ordinal);
        Assert.Contains("waits for", h.Text("log", "20260302091000_subscribers.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_is_over_starts_at_once_with_a_warning()
    {
        await using var h = await IntakeHarness.CreateAsync();
        await ApplyAsync(h, "at 2026-01-01 10:00");
        h.Drop(Row("a@example.org"));
        var file = await h.TakeInAsync();
        Assert.Equal((FileState.Archived, 1L), (file.State, file.Warnings));
        Assert.Null(Assert.Single(h.Mailings.OfFile(file.FileId)).StartAt);
        Assert.Contains("\tWARN\tW407\t", h.Text("log", "20260302091000_subscribers.log"), StringComparison.Ordinal);
        Assert.Contains("[closed-loop] WARNING ", h.Text("log", "20260302091000_subscribers.status.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_is_over_is_warned_of_once_however_often_the_start_is_tried()
    {
        await using var h = await IntakeHarness.CreateAsync();
        await ApplyAsync(h, "at 2026-01-01 10:00Z");
        h.Switchboard.StartFault = new InvalidOperationException("CL4002: no");
        h.Drop(Row("a@example.org"));
        var failed = await h.TakeInAsync();
        Assert.Equal(FileState.FailedStart, failed.State);
        h.Switchboard.StartFault = null;
        Assert.True((await h.Intake().RetryAsync(h.Zone, h.Client, failed.FileId)).Done);
        await h.RestartAsync();
        var file = h.Register.Find(failed.FileId)!;
        Assert.Equal((FileState.Archived, 1L), (file.State, file.Warnings));
        Assert.Equal("W407", Assert.Single(h.Register.Problems(file.FileId), problem => !problem.IsError).Code.Code);
    }

    private static async Task ApplyAsync(IntakeHarness h, string start) =>
        await h.Definitions.ApplyAsync(new SourceMailing { Id = IntakeHarness.Source, ClientId = ClientId, Name = "Spring", Subject = "Hello", Start = start });
}
