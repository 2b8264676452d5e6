using System.Text.Json;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Mail.Inbound;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Demo;

internal sealed partial class DemoRun
{
    /// <summary>Everything the audience did has left the spool and is in the database.</summary>
    private async Task WaitForEventsAsync(CancellationToken cancellation)
    {
        var drain = app.Services.GetRequiredService<SpoolDrain>();
        while (drain.BytesBehind > 0) await Task.Delay(Look, cancellation);
        var box = new MaildirReader(settings.Inbound.Maildir!, maxBytes: int.MaxValue);
        while (box.New().Count > 0) await Task.Delay(Look, cancellation);
    }

    private async Task<ExportManifest> ExportAsync(CancellationToken cancellation)
    {
        var client = app.Services.GetRequiredService<DefinitionStore>().FindClient(Client)!.Value;
        var published = await app.Services.GetRequiredService<ExportService>().RunAsync(client, cancellation);
        var manifest = JsonSerializer.Deserialize<ExportManifest>(published.Manifest!, JsonSerializerOptions.Web)!;
        screen.Stage($"eight response files written: {string.Join(", ", manifest.Files.Select(file => $"{file.Table} {file.Rows}"))}");
        return manifest;
    }

    private DemoSummary Summarise(InboundFile file, MailingRow mailing, ExportManifest export, double sent, double files)
    {
        var counts = Ledger.Count(mailing.MailingId);
        var tally = audience.Tally;
        var rejected = Files.Problems(file.FileId).Where(problem => problem.IsError && problem.Record > 0)
            .Select(problem => new DemoRejection(problem.Line, problem.Record, problem.Column, problem.Code.Code, problem.Message)).ToList();
        var refused = Enumerable.Range(0, rows - DemoRecipients.Wrong).LongCount(index => DemoRecipients.RoleOf(index) != DemoRole.Reads);
        long Rows(string table) => export.Files.Single(written => written.Table == table).Rows;
        return new DemoSummary
        {
            File = file.Name,
            Records = file.Records,
            Accepted = mailing.Accepted,
            Rejected = rejected,
            MailingId = mailing.MailingId,
            Ledger = counts,
            Audience = new DemoAudienceBook(
                tally.Messages, tally.Repeated, tally.Opens, tally.AutomaticOpens, tally.Clicks, tally.Unsubscribes, tally.Returned, tally.Failed),
            Export = [.. export.Files.Select(written => new DemoExportFile(written.Name, written.Rows, written.Sha256))],
            Checks =
            [
                new("rows of the file = records read", rows, file.Records),
                new("records = accepted + rejected", file.Records, mailing.Accepted + rejected.Count),
                new("accepted = sum of the ledger's states", mailing.Accepted, counts.Total),
                new("nobody waits or is being sent", 0, counts.Open),
                new("sent = messages in the sink", counts.Sent, tally.Messages),
                new("nobody was mailed twice", 0, tally.Repeated),
                new("failed = addresses the sink refuses", refused, counts.Failed),
                new("requests of the audience that failed", 0, tally.Failed),
                new("mailings file lists the mailing", 1, Rows("mailings")),
                new("recipients file = accepted - suppressed", mailing.Accepted - counts.Suppressed, Rows("mailingrecipients")),
                new("opens file = opens", tally.Opens, Rows("opens")),
                new("automatic opens file = automatic opens", tally.AutomaticOpens, Rows("automated_opens")),
                new("clicks file = clicks", tally.Clicks, Rows("clicks")),
                new("unsubscribes file = unsubscribes", tally.Unsubscribes, Rows("unsubscribes")),
                new("mails that came back, one of each kind planned", DemoReturns.Count(rows), tally.Returned),
                new("responses file = refusals + mails that came back", counts.Failed + tally.Returned, Rows("responses")),
            ],
            Timing = new DemoTiming(Since(audience.FirstMail ?? DateTimeOffset.UtcNow), sent, files, SinceStart()),
            PeakMemoryBytes = PeakMemory(),
            Data = settings.DataPath,
        };
    }

    /// <summary>Most memory the process has had resident.</summary>
    private static long PeakMemory()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
