using System.Data.Common;
using ClosedLoop.Data;
using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Notices;
using ClosedLoop.Data.Orders;
using ClosedLoop.Data.Silos;
using ClosedLoop.Intake.Orders.Deliveries;
using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Orders;
using ClosedLoop.Model.Testing;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>
/// The way of one order from its semaphore to the hand-over of its deliveries (xml-delivery spec section 4). Every step is durable before the next begins and can be
/// repeated: after a crash <see cref="RunAsync"/> goes on behind the last one recorded. What is wrong with the order ends the operation; a folder or a database that is
/// away is thrown, and the operation is taken up again later.
/// </summary>
public sealed partial class OrderIntake(
    AccountStore accounts,
    ContactStore contacts,
    OperationStore operations,
    DeliveryStore deliveries,
    OrderCopyStore copies,
    NoticeStore notices,
    LedgerWriter writer,
    DeliveryStarter starter,
    IOrderChannels channels,
    IContentJudge judge,
    ICodedContent codedContent,
    OrderOptions options,
    TimeProvider time,
    ILogger<OrderIntake> logger)
{
    /// <summary>Claims the oldest semaphore whose order is not being worked on.</summary>
    /// <param name="client">Whose folder.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops the look.</param>
    /// <returns>Number of the operation; <c>null</c> when there is nothing to accept now.</returns>
    public async Task<long?> AcceptAsync(Versioned<ClientDefinition> client, IOrderFolder folder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(folder);
        if (accounts.Find(client.Value.Id) is not { } account) return null;
        var open = operations.Open(client.Value.Id);
        if (open.Count >= account.Value.XmlDelivery.MaxParallel) return null;
        var running = open.Select(operation => operation.Name).ToHashSet(StringComparer.Ordinal);
        var entries = await folder.ListAsync(cancellation);
        var modified = entries.ToDictionary(entry => entry.Name, entry => entry.Modified, StringComparer.Ordinal);
        var next = OrderSemaphore.Find(entries.Select(entry => entry.Name)).Where(semaphore => !running.Contains(semaphore.Name))
            .OrderBy(semaphore => semaphore.Files.Min(file => modified[file])).ThenBy(semaphore => semaphore.Name, StringComparer.Ordinal).FirstOrDefault();
        if (next is null) return null;
        var id = await operations.ClaimAsync(new NewOperation
        {
            ClientId = client.Value.Id,
            AccountVersion = account.Version,
            Configuration = account.Value.XmlDelivery.Name,
            Name = next.Name,
            XmlFile = next.XmlFile,
            Semaphores = next.Files,
            Host = folder.Host,
        });
        if (id is not { } claimed) return null;
        LogClaimed(claimed, client.Value.Key, next.Name);
        Reached(claimed, OperationStep.Claimed);
        if (!await ConsumeAsync(folder, next.Files, cancellation))
        {
            // Gone before we took it: another worker had it between our look and our claim.
            await operations.ForgetAsync(claimed);
            return null;
        }

        await AcceptedAsync(claimed, next.Name, account.Value.XmlDelivery, folder, cancellation);
        return claimed;
    }

    /// <summary>Takes a claimed operation as far as it goes.</summary>
    /// <param name="client">Whose folder.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="operationId">Number of the operation.</param>
    /// <param name="afterCrash">It was found without anybody working on it.</param>
    /// <param name="cancellation">Stops between steps; the operation goes on after the next start.</param>
    /// <returns>The operation as it ended.</returns>
    public async Task<OperationRow> RunAsync(Versioned<ClientDefinition> client, IOrderFolder folder, long operationId, bool afterCrash, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(folder);
        if (afterCrash) await operations.RecoverAsync(operationId);
        var row = Found(operationId);
        var account = accounts.Find(row.ClientId, row.AccountVersion) ?? throw new KeyNotFoundException($"CL3402: version {row.AccountVersion} of the account of client {row.ClientId} is not stored.");
        var work = new OperationWork(row, account.Value, client, folder, new OrderWorkplace(options.WorkPath, operationId));
        if (row.EndedAt is null)
        {
            try
            {
                await WorkAsync(work, cancellation);
            }
            catch (OperationFailure failure)
            {
                await FailAsync(work, failure);
            }
            catch (Exception e) when (options.Reached is null && e is not (OperationCanceledException or OvertakenException or ZoneUnavailableException or DbException))
            {
                LogBroke(operationId, e);
                await FailAsync(work, new OperationFailure(OrderErrorCodes.E99, $"{e.GetType().Name} in step {work.Operation.Step}; see the log of operation {operationId}", e));
            }
        }

        await FeedBackAsync(work, cancellation);
        return work.Operation;
    }

    private async Task WorkAsync(OperationWork work, CancellationToken cancellation)
    {
        RestoreCopies(work);
        await AcceptAgainAsync(work, cancellation);
        await TryReportAsync(work, cancellation);
        await CopyOrderAsync(work, cancellation);
        await CheckAsync(work, cancellation);
        await CopyListsAsync(work, cancellation);
        await UploadAsync(work, cancellation);
        await QualifyAsync(work, cancellation);
        await FixContentAsync(work, cancellation);
        await MakeDeliveriesAsync(work, cancellation);
        await HandOverAsync(work, cancellation);
        await EndAsync(work);
    }

    private OperationRow Found(long operationId) => operations.Find(operationId) ?? throw new KeyNotFoundException($"CL3401: operation {operationId} does not exist.");

    /// <summary>Records a step, reads it back (what follows must see what a restart would see) and rewrites the report.</summary>
    private async Task ReachAsync(
        OperationWork work, OperationStep step, CancellationToken cancellation, Action<WriteContext, long>? more = null, params IReadOnlyList<(string SubStatus, string Message)> transitions)
    {
        await operations.ReachAsync(work.Id, step, transitions, more);
        Reached(work.Id, step);
        work.Operation = Found(work.Id);
        LogReached(work.Id, work.Operation.Name, step);
        await TryReportAsync(work, cancellation);
    }

    private void Reached(long operationId, OperationStep step)
    {
        KillSwitch.Reach(KillPoint.OrderStep);
        options.Reached?.Invoke(operationId, step);
    }
}
