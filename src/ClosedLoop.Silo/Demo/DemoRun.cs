using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Demo;

/// <summary>
/// The whole loop once, as a customer and an audience would drive it: a file is dropped, mail goes to the sink, readers react,
/// eight files come back, and the books are compared.
/// </summary>
internal sealed partial class DemoRun(SiloSettings settings, WebApplication app, DemoAudience audience, DemoScreen screen, int rows, string run)
{
    private const string Client = "demo";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private FileRegister Files => app.Services.GetRequiredService<FileRegister>();

    private RecipientLedger Ledger => app.Services.GetRequiredService<RecipientLedger>();

    private MailingStore Mailings => app.Services.GetRequiredService<MailingStore>();

    public async Task<DemoSummary> PlayAsync(CancellationToken cancellation)
    {
        var name = DropFile();
        var file = await WaitForFileAsync(name, cancellation);
        var mailing = await WaitForMailingAsync(file, cancellation);
        var sent = SinceStart();
        await WaitForAudienceAsync(cancellation);
        var export = await ExportAsync(cancellation);
        var files = SinceStart();
        return Summarise(file, mailing, export, sent, files);
    }

    private string DropFile()
    {
        var client = app.Services.GetRequiredService<DefinitionStore>().FindClient(Client)!.Value;
        var folder = Path.Combine(client.RootBelow(settings.DropPath), client.Folders.In);
        Directory.CreateDirectory(folder);
        var name = DemoRecipients.Write(folder, rows, DateTime.UtcNow, run);
        screen.Stage($"dropped {name}: {rows} rows, {DemoRecipients.Wrong} of them wrong on purpose");
        return name;
    }

    private async Task<InboundFile> WaitForFileAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            var file = Files.Latest(20).FirstOrDefault(candidate => candidate.Name == name);
            if (file?.State is FileState.FailedImport or FileState.FailedStart)
                throw new Commands.CommandException(Commands.ExitCode.InvalidData, $"the demonstration's file failed: {file.Code} {file.Message}");
            if (file?.State is FileState.Started or FileState.Archived)
            {
                screen.Stage($"checked: {file.Imported} accepted, {file.Skipped} rejected; source mailing copied");
                return file;
            }

            await Task.Delay(Look, cancellation);
        }
    }

    private async Task<MailingRow> WaitForMailingAsync(InboundFile file, CancellationToken cancellation)
    {
        while (true)
        {
            var mailing = Mailings.OfFile(file.FileId).Single();
            var counts = Ledger.Count(mailing.MailingId);
            if (mailing.State == MailingState.Finished)
            {
                screen.Stage(string.Create(CultureInfo.InvariantCulture,
                    $"sent {counts.Sent} of {mailing.Accepted} to the sink: failed {counts.Failed}, suppressed {counts.Suppressed}, unknown {counts.Unknown}"));
                return mailing;
            }

            screen.Progress("sending", counts.Total - counts.Open, mailing.Accepted);
            await Task.Delay(counts.Total > 10_000 ? Look * 5 : Look, cancellation);
        }
    }

    private async Task WaitForAudienceAsync(CancellationToken cancellation)
    {
        while (audience.Tally.Pending > 0)
        {
            screen.Progress("the audience reacts, still to go", audience.Tally.Pending, rows);
            await Task.Delay(Look, cancellation);
        }

        await WaitForEventsAsync(cancellation);
        var tally = audience.Tally;
        screen.Stage($"audience: {tally.Opens} opens, {tally.AutomaticOpens} automatic, {tally.Clicks} clicks, {tally.Unsubscribes} unsubscribed, {tally.Returned} mails came back");
    }

    /// <summary>Seconds since the process started.</summary>
    private static double SinceStart() => Since(DateTimeOffset.UtcNow);

    private static double Since(DateTimeOffset moment)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return Math.Round((moment - new DateTimeOffset(process.StartTime)).TotalSeconds, 2);
    }
}
