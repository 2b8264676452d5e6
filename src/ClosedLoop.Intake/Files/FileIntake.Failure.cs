using ClosedLoop.Data.Files;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Files;

/// <summary>What happens when a file fails: recorded, folder stopped, reports written, file set aside.</summary>
public sealed partial class FileIntake
{
    private async Task FailAsync(FileWork work, IntakeFailure failure)
    {
        var problems = failure.Problems;
        var counts = work.Validation is { } validation
            ? Counts(validation)
            : work.ProductCounts ?? new FileCounts(work.File.Records, work.File.Skipped, work.File.Warnings, problems.ErrorCount);

        // A failed start keeps the warnings of the import; they are still true.
        var kept = failure.To == FileState.FailedStart ? [.. Kept(problems), .. register.Problems(work.File.FileId).Where(p => !p.IsError)] : Kept(problems);
        await register.FailAsync(work.File.FileId, failure.To, failure.Step, counts, kept);
        LogFailed(work.File.FileId, work.File.Name, failure.Step, problems.Errors[0].Code.Code, failure.InnerException);
        Reached(work);
    }

    /// <summary>
    /// The file leaves <c>processing/</c> last: as long as it lies there a restart comes here again, so neither the stop of the
    /// folder nor a report is lost.
    /// </summary>
    private async Task FinishFailureAsync(FileWork work)
    {
        var file = work.File;
        // Test data and product data that fail are nobody's reason to keep recipient files waiting.
        if (work.Client.Import.StopOnError && !file.Test && ProductFileName.KindOf(file.Name) is null)
        {
            await switchboard.StopFolderAsync(work.Client.Key, FormattableString.Invariant($"file {file.FileId} {file.Name} failed with {file.Code}"));
        }

        var errors = register.Problems(file.FileId).Where(p => p.IsError).ToList();
        var restart = RestartOf(file.State)!.Value;
        await work.Zone.PutAsync(
            ZoneFolder.Error,
            ErrorFile.NameFor(file.Name, file.Test),
            stream => ErrorFile.Write(stream, errors, Math.Max(0, file.Errors - errors.Count), file.Step ?? FileStep.Read, restart));
        await ReportAsync(work);
        await MoveAwayAsync(work, work.Processing, ZoneFolder.Error);
    }
}
