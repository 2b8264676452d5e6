using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Notices;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Files;

/// <summary>What people get to see: log file, status text, error file. Made from the register alone, so that a restart writes the same.</summary>
public sealed partial class FileIntake
{
    private async Task ReportAsync(FileWork work)
    {
        var problems = register.Problems(work.File.FileId);
        var status = StatusOf(work, problems);
        await AppendLogAsync(work, problems, status);
        await WriteStatusAsync(work, status);
        await notifier.NotifyAsync(work.Client, status);
    }

    private static Task WriteStatusAsync(FileWork work, FileStatus status) => work.Zone.PutAsync(
        ZoneFolder.Log, StatusText.NameFor(work.File.Name, work.File.Test), stream => WriteText(stream, $"Subject: {StatusText.Subject(status)}\n\n{StatusText.Body(status)}"));

    private FileStatus StatusOf(FileWork work, IReadOnlyList<FileProblem> problems)
    {
        var file = work.File;
        var byMailing = mailings.OfFile(file.FileId).ToDictionary(m => m.MailingId);
        return new FileStatus
        {
            File = file.Name,
            Cause = FormattableString.Invariant($"file/{file.FileId}/{file.State}/{file.ChangedAt}"),
            ClientId = file.ClientId,
            State = file.State,
            Received = Instants.FromMicroseconds(file.ReceivedAt),
            Processed = time.GetUtcNow(),
            Records = file.Records,
            Imported = file.Imported,
            Skipped = file.Skipped,
            Groups = [.. register.Groups(file.FileId).Select(g => GroupOf(g, byMailing[g.MailingId]))],
            Test = file.Test,
            Warnings = file.Warnings,
            ErrorCount = file.Errors,
            Errors = [.. problems.Where(p => p.IsError)],
            Restart = RestartOf(file.State),
            Crossed = file.IsHeld ? file.Message : null,
        };
    }

    /// <summary>What those who sent a file are told when an operator gives it up: its status, and why. It happens to a file once, and so has one cause.</summary>
    private NewNotice Rejection(FileWork work, string reason)
    {
        var status = StatusOf(work, register.Problems(work.File.FileId)) with { State = FileState.Discarded, Groups = [], Restart = null, Rejected = reason };
        return new NewNotice(
            FormattableString.Invariant($"file/{work.File.FileId}/rejected"), work.Client.Id, work.Client.Notify.Recipients(problem: true), StatusText.Subject(status), StatusText.Body(status));
    }

    private static StatusGroup GroupOf(Data.Files.FileGroupRow group, MailingRow mailing) => new()
    {
        SourceId = mailing.SourceId,
        WaveId = mailing.WaveId,
        CampaignId = mailing.CampaignId,
        MailingId = mailing.MailingId,
        ListId = mailing.ListId,
        Total = group.Total,
        Net = group.Net,
        Start = (mailing.StartedAt ?? mailing.StartAt) is { } at ? Instants.FromMicroseconds(at) : null,
        Started = mailing.StartedAt is not null,
    };

    private static RestartOptions? RestartOf(FileState state) => state switch
    {
        FileState.FailedImport => RestartOptions.FailedImport,
        FileState.FailedStart => RestartOptions.FailedStart,
        _ => null,
    };

    /// <summary>A name can be taken in more than once (a retry, a refused repetition); its log tells of every time.</summary>
    private async Task AppendLogAsync(FileWork work, IReadOnlyList<FileProblem> problems, FileStatus status)
    {
        var now = time.GetUtcNow();
        var file = work.File;
        var lines = new List<LogLine>
        {
            new(Instants.FromMicroseconds(file.ClaimedAt), ErrorCodes.L600, 0, 0, null, FormattableString.Invariant($"file {file.FileId} claimed, {file.Size} bytes, sha256 {file.Sha256}")),
        };
        lines.AddRange(problems.Select(p => LogLine.Of(p, now)));
        lines.Add(new(now, ErrorCodes.L601, 0, 0, null, FormattableString.Invariant(
            $"{StatusText.NameOf(file.State)}: {file.Records} records, {file.Imported} imported, {file.Skipped} skipped, {file.Warnings} warnings, {file.Errors} errors")));
        foreach (var group in status.Groups)
        {
            lines.Add(new(now, ErrorCodes.L602, 0, 0, group.MailingId, FormattableString.Invariant($"source {group.SourceId} wave {group.WaveId}: campaign {group.CampaignId}, list {group.ListId}, {group.Net} recipients")));
        }

        if (file.State == FileState.Started)
        {
            lines.AddRange(status.Groups.Select(g => new LogLine(now, ErrorCodes.L603, 0, 0, g.MailingId, HowOf(g))));
        }

        await LogAppending.AppendAsync(work.Zone, file.Name, file.Test, lines);
    }

    private static string HowOf(StatusGroup group) => group switch
    {
        { Started: true } => "started",
        { Start: { } at } => FormattableString.Invariant($"waits for {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}"),
        _ => "queued",
    };

    private static void WriteText(Stream stream, string text) => stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
}
