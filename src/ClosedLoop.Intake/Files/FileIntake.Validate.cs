using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Intake.Telemetry;
using ClosedLoop.Model;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Files;

/// <summary>Step 2: validated. Repeated after a crash, with everything it has written, because its result is in memory only.</summary>
public sealed partial class FileIntake
{
    private async Task TakeInAsync(FileWork work, CancellationToken cancellation)
    {
        if (work.File.State > FileState.Validated) return;
        RefuseRepetition(work);
        await ledger.RemoveImportAsync(work.File.FileId);
        var groups = new List<FileGroupRow>();
        var comparison = Comparison(work);
        FileValidation validation;
        try
        {
            validation = await ReadAsync(work, groups, comparison, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IntakeFailure(FileState.FailedImport, FileStep.Read, ErrorCodes.E102, $"the claimed file cannot be opened: {e.GetType().Name}", e);
        }

        work.Validation = validation;
        IntakeMetrics.RowsRead(validation.Accepted, validation.Skipped);
        LogValidated(work.File.FileId, validation.Records, validation.Accepted, validation.Problems.ErrorCount, validation.Problems.WarningCount);
        if (validation.Failed)
        {
            // Before the failure is recorded: afterwards nobody would look for it any more.
            await ledger.RemoveImportAsync(work.File.FileId);
            throw new IntakeFailure(FileState.FailedImport, StepOf(validation.Problems), validation.Problems);
        }

        await register.ValidatedAsync(work.File.FileId, Counts(validation), Kept(validation.Problems));
        Reached(work);
        if (Crossed(work, validation, comparison) is { Count: > 0 } crossed) await HoldAsync(work, groups, crossed);
        else await PublishAsync(work, groups);
    }

    private void RefuseRepetition(FileWork work)
    {
        if (work.File.Retried) return;
        if (register.ProcessedBefore(work.File, time.GetUtcNow() - options.RepeatGuard) is not { } earlier) return;
        var same = earlier.Name == work.File.Name ? "of this name" : "with this content";
        var when = Instants.FromMicroseconds(earlier.ClaimedAt).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        throw new IntakeFailure(FileState.FailedImport, FileStep.Name, ErrorCodes.E103, $"a file {same} was processed on {when} ({earlier.Name})");
    }

    private SourceVerdict Judge(FileWork work, long sourceId)
    {
        var source = definitions.FindSource(sourceId);
        if (source is not null) work.SourceVersions[sourceId] = source.Version;
        return SourceVerdict.Of(source?.Value, work.Client);
    }

    // The step that the error file names is that of the first error that makes the file fail.
    private static FileStep StepOf(ProblemList problems) =>
        (problems.Errors.FirstOrDefault(p => p.Code.Effect == ErrorEffect.File) ?? problems.Errors[0]).Step;

    private static FileCounts Counts(FileValidation validation) =>
        new(validation.Records, validation.Skipped, validation.Problems.WarningCount, validation.Problems.ErrorCount);

    private static List<FileProblem> Kept(ProblemList problems) => [.. problems.Errors, .. problems.Warnings];
}
