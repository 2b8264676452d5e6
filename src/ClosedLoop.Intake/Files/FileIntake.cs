using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Products;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Telemetry;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Files;

/// <summary>
/// The way of one file from claim to archive (closed-loop spec section 6). Every step is durable before the next begins,
/// and every step can be repeated: after a crash <see cref="RunAsync"/> goes on from the state in the register. Faults of the
/// file end in a failed state; everything else (disk, database) is thrown, and the file is taken up again later.
/// </summary>
public sealed partial class FileIntake(
    FileRegister register,
    DefinitionStore definitions,
    MailingStore mailings,
    RecipientLedger ledger,
    Blocklist blocklist,
    ErasedPeople erased,
    LedgerWriter writer,
    IIntakeSwitchboard switchboard,
    IReferencedContent content,
    ProductStore products,
    ProductPins pins,
    LastFileReader last,
    IStatusNotifier notifier,
    IntakeOptions options,
    TimeProvider time,
    ILogger<FileIntake> logger)
{
    /// <summary>Takes a registered file as far as it goes.</summary>
    /// <returns>The state it ended in: archived, failed, waiting for approval, or what an operator made of it.</returns>
    public async Task<FileState> RunAsync(IDropZone zone, Versioned<ClientDefinition> client, long fileId, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(client);
        var work = new FileWork(zone, client, Found(fileId));
        using var trace = HouseTelemetry.Source.StartActivity("file");
        trace?.SetTag("closedloop.file.id", fileId).SetTag("closedloop.file.size", work.File.Size);
        if (trace is not null) FileTraces.Remember(fileId, trace.Context);
        try
        {
            if (ProductFileName.KindOf(work.File.Name) is { } kind)
            {
                await TakeProductsAsync(work, kind, cancellation);
                IntakeMetrics.FileEnded(products: true, work.File.State);
                return work.File.State;
            }

            using (HouseTelemetry.Source.StartActivity("file.import")) await TakeInAsync(work, cancellation);
            using (HouseTelemetry.Source.StartActivity("file.copy")) await CopyAsync(work, cancellation);
            using (HouseTelemetry.Source.StartActivity("file.start")) await StartAsync(work);
            using (HouseTelemetry.Source.StartActivity("file.archive")) await ArchiveAsync(work);
        }
        catch (IntakeFailure failure)
        {
            await FailAsync(work, failure);
            await FinishFailureAsync(work);
            trace?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, work.File.Code);
        }

        IntakeMetrics.FileEnded(products: false, work.File.State);
        return work.File.State;
    }

    private InboundFile Found(long fileId) =>
        register.Find(fileId) ?? throw new KeyNotFoundException($"CL1001: file {fileId} is not in the register.");

    /// <summary>Reads back what a step has stored: what follows must see what a restart would see.</summary>
    private void Reached(FileWork work)
    {
        work.File = Found(work.File.FileId);
        LogReached(work.File.FileId, work.File.Name, work.File.State);
        options.Reached?.Invoke(work.File.FileId, work.File.State);
    }
}
