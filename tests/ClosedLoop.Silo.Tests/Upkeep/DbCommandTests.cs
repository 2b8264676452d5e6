using ClosedLoop.Data;
using ClosedLoop.Data.Upkeep;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Upkeep;

/// <summary>A backup is of one moment, although mail goes out meanwhile; a damaged one is seen.</summary>
[Collection("console and environment")]
public sealed class DbCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_backup_during_sending_is_sound_and_adds_up()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(2_000);
        using var stop = new CancellationTokenSource();
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            for (; sent < 2_000 && !stop.IsCancellationRequested; sent++) await stores.SettleAsync(mailing, RecipientState.Sent, sent);
        });
        while (Volatile.Read(ref sent) < 20) await Task.Delay(1);
        for (var copy = 0; copy < 3; copy++)
        {
            var path = Path.Combine(_folder.Path, $"copy{copy}.db");
            var report = DatabaseBackup.Write(stores.Get<Database>(), path);
            Assert.Equal(2_000, report.Rows["ledger"]);
            var verify = await Cli.RunAsync("db", "verify", path);
            Assert.True(verify.ExitCode == 0, verify.Out + verify.Error);
        }

        await stop.CancelAsync();
        await sending;
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.partial*"));
    }

    [Fact]
    public async Task A_backup_never_replaces_a_file()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var path = _folder.Write("taken.db", "mine");
        var run = await Cli.RunAsync("db", "backup", path, "--data", stores.Settings.Data);
        Assert.Equal(8, run.ExitCode);
        Assert.Contains("CL3230", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_copy_whose_numbers_or_pages_are_wrong_is_seen()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(3_000);
        var damaged = Path.Combine(_folder.Path, "damaged.db");
        Assert.Equal(0, (await Cli.RunAsync("db", "backup", damaged, "--data", stores.Settings.Data)).ExitCode);
        stores.Execute("DELETE FROM ledger WHERE mailing_id = $1 AND sequence = 7", mailing.MailingId);
        var numbers = await Cli.RunAsync("db", "verify", "--data", stores.Settings.Data);
        Assert.Equal(6, numbers.ExitCode);
        Assert.Contains("CL3201", numbers.Out, StringComparison.Ordinal);

        await using (var file = new FileStream(damaged, FileMode.Open, FileAccess.ReadWrite))
        {
            // An interior stretch of pages; the header and the schema stay readable.
            file.Position = file.Length / 2;
            file.Write(new byte[8 * 4096]);
        }

        var pages = await Cli.RunAsync("db", "verify", damaged);
        Assert.True(pages.ExitCode != 0, pages.Out);
    }

    [Fact]
    public async Task Status_counts_rows_and_pages()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.MailingAsync(30);
        var status = await Cli.RunAsync("db", "status", "--check", "--data", stores.Settings.Data);
        Assert.Equal(0, status.ExitCode);
        Assert.Contains("          30 ledger", status.Out, StringComparison.Ordinal);
        Assert.Contains("check:    ok", status.Out, StringComparison.Ordinal);
        Assert.Equal(4, (await Cli.RunAsync("db", "status", "--data", Path.Combine(_folder.Path, "none"))).ExitCode);
    }

    public void Dispose() => _folder.Dispose();
}
