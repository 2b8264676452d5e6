using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Tests.Support;
using ClosedLoop.Silo.Watching;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Silo.Tests.Watching;

/// <summary>The standing invariant holds for what the program does, and is seen to fail when somebody changes the database.</summary>
[Collection("console and environment")]
public sealed class BalanceWatchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Numbers_that_add_up_raise_nothing_at_any_stage()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var watch = stores.Make<BalanceWatch>();
        var mailing = await stores.MailingAsync(5);
        Assert.Empty(await watch.RunAsync());
        await stores.SettleAsync(mailing, RecipientState.Sent, 0, 1);
        await stores.SettleAsync(mailing, RecipientState.Failed, 2);
        Assert.Empty(await watch.RunAsync());
        Assert.Equal(0, stores.Scalar("SELECT COUNT(*) FROM alarm"));
    }

    [Fact]
    public async Task A_recipient_who_disappears_is_shown_logged_as_critical_and_told_once()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var watch = stores.Make<BalanceWatch>();
        var mailing = await stores.MailingAsync(5);
        await watch.RunAsync();
        stores.Execute("DELETE FROM ledger WHERE mailing_id = $1 AND sequence = 3", mailing.MailingId);

        var alarm = Assert.Single(await watch.RunAsync());
        Assert.Equal(("balance", SiloStores.ClientId), (alarm.Cause, alarm.ClientId));
        Assert.Contains("accepted 5, the states together 4, 1 missing", alarm.Message, StringComparison.Ordinal);
        stores.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Single(await watch.RunAsync());
        Assert.Single(stores.Log.Lines, line => line.Event == 6111 && line.Level == LogLevel.Critical);
        Assert.Equal(1, stores.Scalar("SELECT COUNT(*) FROM notice WHERE address = 'night@example.org' AND cause LIKE 'alarm/balance/%'"));

        var status = await Cli.RunAsync("status", "--data", stores.Settings.Data);
        Assert.Equal(7, status.ExitCode);
        Assert.Contains("1 do not add up", status.Out, StringComparison.Ordinal);
        Assert.Contains("CL3201", status.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_is_over_when_the_numbers_add_up_again()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var watch = stores.Make<BalanceWatch>();
        var mailing = await stores.MailingAsync(5);
        stores.Execute("UPDATE mailing SET accepted = 6 WHERE mailing_id = $1", mailing.MailingId);
        Assert.NotEmpty(await watch.RunAsync());
        stores.Execute("UPDATE mailing SET accepted = 5 WHERE mailing_id = $1", mailing.MailingId);
        Assert.Empty(await watch.RunAsync());
        Assert.Contains(stores.Log.Lines, line => line.Event == 6113);
        Assert.Equal(0, (await Cli.RunAsync("status", "--data", stores.Settings.Data)).ExitCode);
    }

    [Fact]
    public async Task What_moved_long_ago_is_found_by_the_slow_walk()
    {
        await using var stores = await SiloStores.CreateAsync(_folder, new WatchSettings { SweepCount = 1 });
        var mailings = new List<long>();
        for (var file = 1; file <= 3; file++) mailings.Add((await stores.MailingAsync(2, file, state: MailingState.Paused)).MailingId);
        stores.Clock.Now += TimeSpan.FromDays(10);
        var watch = stores.Make<BalanceWatch>();
        stores.Execute("DELETE FROM ledger WHERE mailing_id = $1 AND sequence = 0", mailings[2]);
        Assert.Empty(await watch.RunAsync());
        Assert.Empty(await watch.RunAsync());
        Assert.Single(await watch.RunAsync());
    }

    [Fact]
    public async Task A_finished_mailing_with_somebody_open_is_seen()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(2);
        stores.Execute("UPDATE mailing SET state = 5, finished_at = 1, finished_recorded = $2 WHERE mailing_id = $1", mailing.MailingId, stores.Now);
        Assert.Equal("finished-open", Assert.Single(await stores.Make<BalanceWatch>().RunAsync()).Cause);
    }

    [Theory]
    [InlineData("UPDATE inbound_file SET skipped = skipped + 1", "balance", "CL3203")]
    [InlineData("INSERT INTO file_group (file_id, mailing_id, total, net) SELECT 1, mailing_id, 4, 2 FROM mailing; UPDATE mailing SET state = 0", "mailings", "CL3204")]
    [InlineData("UPDATE inbound_file SET records = records + 1, imported = imported + 1", "mailings", "CL3204")]
    public async Task A_file_whose_numbers_do_not_add_up_is_seen(string tampering, string cause, string code)
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.MailingAsync(2);
        stores.Execute(tampering);
        var alarm = Assert.Single(await stores.Make<BalanceWatch>().RunAsync());
        Assert.Equal(cause, alarm.Cause);
        Assert.StartsWith(code, alarm.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
