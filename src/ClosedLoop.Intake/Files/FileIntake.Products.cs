using ClosedLoop.Data.Files;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Intake.Files;

/// <summary>
/// Product files (closed-loop spec section 9): claimed, validated, loaded, archived. Their faults never stop the folder, because the data in
/// force stays good.
/// </summary>
public sealed partial class FileIntake
{
    private async Task TakeProductsAsync(FileWork work, ProductKind kind, CancellationToken cancellation)
    {
        await LoadProductsAsync(work, kind, cancellation);
        if (work.File.State != FileState.Imported) return;
        await ReportAsync(work);
        await MoveAwayAsync(work, ZoneFolder.Processing, ZoneFolder.Archive);
        await register.MoveAsync(work.File.FileId, FileState.Archived, FileState.Imported);
        Reached(work);
    }

    private async Task LoadProductsAsync(FileWork work, ProductKind kind, CancellationToken cancellation)
    {
        if (work.File.State > FileState.Validated) return;
        if (!work.File.Retried && register.NameProcessedBefore(work.File, time.GetUtcNow() - options.RepeatGuard) is { } earlier)
        {
            throw new IntakeFailure(
                FileState.FailedImport, FileStep.Name, ErrorCodes.E103, FormattableString.Invariant($"a file of this name was loaded on {Instants.FromMicroseconds(earlier.ClaimedAt).UtcDateTime:yyyy-MM-dd HH:mm:ss}"));
        }

        try
        {
            await using var stream = await work.Zone.OpenAsync(ZoneFolder.Processing, work.File.Name, cancellation);
            var validation = ProductCheck.Run(stream, kind, work.Client, cancellation);
            var problems = validation.Problems;
            LogValidated(work.File.FileId, validation.Records, validation.Accepted, problems.ErrorCount, problems.WarningCount);
            var counts = new FileCounts(validation.Records, validation.Skipped, problems.WarningCount, problems.ErrorCount);
            work.ProductCounts = counts;
            if (validation.Failed) throw new IntakeFailure(FileState.FailedImport, problems.Errors[0].Step, problems);
            await register.ValidatedAsync(work.File.FileId, counts, Kept(problems));
            Reached(work);
            stream.Position = 0;
            await ProductLoad.RunAsync(products, stream, kind, work.Client, work.File.FileId, validation, cancellation);
            Reached(work);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new IntakeFailure(FileState.FailedImport, FileStep.Read, ErrorCodes.E403, $"the claimed file cannot be read: {e.GetType().Name}; the product data in force stays", e);
        }
    }

    /// <summary>A failed product or test file stopped nothing, so settling it must not set a folder going that another file has stopped.</summary>
    private Task ResumeAsync(ClientDefinition client, InboundFile file) =>
        ProductFileName.KindOf(file.Name) is null && !file.Test ? switchboard.ResumeFolderAsync(client.Key) : Task.CompletedTask;
}
