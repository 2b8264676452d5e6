using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Notices;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Tests.Support;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Tests.Watching;

/// <summary>Folders, exports, spool and mail to people do not stand still unnoticed.</summary>
public sealed class StandstillTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_stopped_folder_with_files_before_it_is_named_with_its_reason()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        stores.Folders.Status = new DropZoneStatus(Running: false, "file 3 failed: E109", stores.Now, null, Waiting: 2);
        var message = await CrossAsync(stores, stores.Make<FolderStandstill>(), stores.Settings.Watch.FolderSeconds, "folder-stopped");
        Assert.Contains("2 files wait", message, StringComparison.Ordinal);
        Assert.Contains("file 3 failed: E109", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_folder_without_files_is_no_alarm()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        stores.Folders.Status = new DropZoneStatus(Running: false, "file 3 failed: E109", stores.Now, null, Waiting: 0);
        var watch = stores.Make<FolderStandstill>();
        await watch.LookAsync(stores.Now);
        stores.Clock.Now += TimeSpan.FromSeconds(stores.Settings.Watch.LateSeconds);
        Assert.Empty((await watch.LookAsync(stores.Now)).Found);
    }

    [Fact]
    public async Task A_folder_that_nobody_looks_into_is_named()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        stores.Folders.Status = new DropZoneStatus(Running: true, null, stores.Now, null, 0);
        await CrossAsync(stores, stores.Make<FolderStandstill>(), stores.Settings.Watch.LateSeconds + 600, "not-looked-at");
    }

    [Fact]
    public async Task An_export_that_is_not_cut_off_in_time_is_named()
    {
        await using var stores = await SiloStores.CreateAsync(_folder, client: SiloStores.Client with { Export = new ExportSettings { Enabled = true, Time = new TimeOnly(10, 0) } });
        var message = await CrossAsync(stores, stores.Make<ExportLateness>(), 3_600 + stores.Settings.Watch.ExportSeconds, "not-cut");
        Assert.Contains("2026-03-02 10:00:00Z", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_is_not_published_is_named_by_its_run()
    {
        await using var stores = await SiloStores.CreateAsync(_folder, client: SiloStores.Client with { Export = new ExportSettings { Enabled = true, Time = new TimeOnly(2, 0) } });
        var run = await stores.Get<ExportRunStore>().CutAsync(SiloStores.ClientId, stores.Now, (_, _) => "20260302");
        var message = await CrossAsync(stores, stores.Make<ExportLateness>(), stores.Settings.Watch.ExportSeconds, "not-published");
        Assert.Contains($"export run {run!.RunId}", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spool_that_is_not_drained_is_named_and_one_that_moves_is_not()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var (bytes, place) = (70L, 0);
        var watch = new SpoolStandstill(() => bytes, () => $"{place}", stores.Settings);
        var message = await CrossAsync(stores, watch, stores.Settings.Watch.SpoolSeconds, "spool-undrained");
        Assert.Contains("70 bytes", message, StringComparison.Ordinal);
        place++;
        Assert.Empty((await watch.LookAsync(stores.Now)).Found);
        bytes = 0;
        stores.Clock.Now += TimeSpan.FromDays(1);
        Assert.Empty((await watch.LookAsync(stores.Now)).Found);
    }

    [Fact]
    public async Task Mail_to_people_that_nobody_takes_is_named_with_what_was_said()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.Get<NoticeStore>().AddAsync(new NewNotice("x", SiloStores.ClientId, ["a@example.org"], "s", "b"));
        await stores.Get<NoticeStore>().DeferAsync(1, stores.Now, "Connect: refused");
        var message = await CrossAsync(stores, stores.Make<NoticeStandstill>(), stores.Settings.Watch.NoticeSeconds, "notices-waiting");
        Assert.Contains("1 mails", message, StringComparison.Ordinal);
        Assert.Contains("Connect: refused", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_waits_for_approval_is_named_at_once_with_its_figures_and_not_when_it_is_decided_on()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.MailingAsync(recipients: 2, fileId: 7);
        stores.Execute("UPDATE inbound_file SET state = 10, message = 'rows: -50 %' WHERE file_id = 7");
        var watch = stores.Make<ApprovalWait>();
        var alarm = Assert.Single((await watch.LookAsync(stores.Now)).Found);
        Assert.Equal(("file/7", "approval", SiloStores.ClientId), (alarm.Subject, alarm.Cause, alarm.ClientId));
        Assert.StartsWith("CL3280: file 7 (7.csv) waits for approval: rows: -50 %;", alarm.Message, StringComparison.Ordinal);
        Assert.Contains("closedloop files approve 7 --reason", alarm.Message, StringComparison.Ordinal);
        await stores.Get<ClosedLoop.Data.Files.FileRegister>().RejectAsync(7, ClosedLoop.Model.Files.FileState.Discarded);
        Assert.Empty((await watch.LookAsync(stores.Now)).Found);
    }

    [Fact]
    public async Task What_cannot_be_looked_at_hides_nothing_else()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var watchdog = stores.Make<Watchdog>((IEnumerable<IWatch>)[new SpoolStandstill(() => throw new IOException("gone"), () => "", stores.Settings), stores.Make<NoticeStandstill>()]);
        await watchdog.RunAsync();
        Assert.Contains(stores.Log.Lines, line => line.Event == 6121);
        Assert.Equal(1, stores.Scalar("SELECT COUNT(*) FROM check_run WHERE name = 'notices'"));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(3601.0)]
    public void Bounds_are_checked(double interval)
    {
        var faults = SettingsValidator.Validate(new SiloSettings { Watch = new WatchSettings { IntervalSeconds = interval, LateSeconds = 0, SweepCount = 10_001 }, Guard = new GuardSettings { ToleranceHours = 721, BeatSeconds = 0 } });
        Assert.Equal(5, faults.Count);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> CrossAsync(SiloStores stores, IWatch watch, int seconds, string cause)
    {
        Assert.Empty((await watch.LookAsync(stores.Now)).Found);
        stores.Clock.Now += TimeSpan.FromSeconds(seconds);
        Assert.Empty((await watch.LookAsync(stores.Now)).Found);
        stores.Clock.Now += TimeSpan.FromSeconds(1);
        var alarm = Assert.Single((await watch.LookAsync(stores.Now)).Found);
        Assert.Equal(cause, alarm.Cause);
        return alarm.Message;
    }
}
