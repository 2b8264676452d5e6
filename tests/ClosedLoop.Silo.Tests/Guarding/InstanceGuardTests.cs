using ClosedLoop.Data.Guard;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Guarding;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Guarding;

/// <summary>A held installation claims nobody, over restarts, until it is confirmed.</summary>
[Collection("console and environment")]
public sealed class InstanceGuardTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_late_start_is_held_over_restarts_until_it_is_confirmed()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(3);
        await stores.Make<InstanceGuard>().DecideAsync();
        Assert.True(Assert.Single(await stores.Ledger.ClaimAsync(mailing.MailingId, [0])));

        stores.Clock.Now += TimeSpan.FromHours(2.1);
        var guard = stores.Make<InstanceGuard>();
        await guard.DecideAsync();
        Assert.False(Assert.Single(await stores.Ledger.ClaimAsync(mailing.MailingId, [1])));
        Assert.Contains(stores.Log.Lines, line => line.Event == 6101);
        Assert.Equal(1, stores.Scalar("SELECT COUNT(*) FROM notice WHERE cause LIKE 'alarm/guard/%'"));

        stores.Clock.Now += TimeSpan.FromMinutes(1);
        await stores.Make<InstanceGuard>().DecideAsync();
        Assert.True(stores.Ledger.IsHeld());
        Assert.Equal(1, stores.Scalar("SELECT COUNT(*) FROM notice"));

        var data = stores.Settings.Data;
        var list = Path.Combine(_folder.Path, "who.csv");
        var look = await Cli.RunAsync("db", "confirm", "--data", data, "--list", list);
        Assert.Equal(8, look.ExitCode);
        Assert.Contains("2 would be mailed, 1 in doubt", look.Out, StringComparison.Ordinal);
        Assert.Equal(4, (await File.ReadAllLinesAsync(list)).Length);
        Assert.Contains("HELD", (await Cli.RunAsync("status", "--data", data)).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await Cli.RunAsync("db", "confirm", "--yes", "--data", data)).ExitCode);
        Assert.Equal(9, (await Cli.RunAsync("db", "confirm", "--yes", "--data", data)).ExitCode);

        Assert.True(Assert.Single(await stores.Ledger.ClaimAsync(mailing.MailingId, [1])));
        await guard.BeatAsync(CancellationToken.None);
        Assert.Contains(stores.Log.Lines, line => line.Event == 6102);
        Assert.Equal(0, stores.Scalar("SELECT COUNT(*) FROM alarm"));
    }

    [Fact]
    public async Task A_folder_ahead_of_its_database_is_held_although_no_time_has_passed()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.MailingAsync(3);
        await stores.Make<InstanceGuard>().DecideAsync();
        await stores.Make<InstanceGuard>().BeatAsync(CancellationToken.None);
        stores.Execute("UPDATE instance SET beat = 1");
        await stores.Make<InstanceGuard>().DecideAsync();
        Assert.True(stores.Ledger.IsHeld());

        // Held, it leaves the folder's mark alone: the right database put back is taken at once.
        Assert.Equal(2, InstanceMark.Read(stores.Settings.InstancePath)!.Beat);
        stores.Execute("UPDATE instance SET beat = 2, held_at = NULL");
        await stores.Make<InstanceGuard>().DecideAsync();
        Assert.False(stores.Ledger.IsHeld());
        Assert.Equal(3, stores.Get<InstanceStore>().Read()!.Beat);
    }

    public void Dispose() => _folder.Dispose();
}
