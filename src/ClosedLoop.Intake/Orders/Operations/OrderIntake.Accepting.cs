using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Intake.Orders.Lists;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Steps 1, 2 and 4: the semaphore goes, order and lists are copied.</summary>
public sealed partial class OrderIntake
{
    private static async Task<bool> ConsumeAsync(IOrderFolder folder, IReadOnlyList<string> semaphores, CancellationToken cancellation)
    {
        var existed = false;
        foreach (var semaphore in semaphores) existed |= await folder.DeleteAsync(semaphore, cancellation);
        return existed;
    }

    private async Task AcceptedAsync(long operationId, string name, OrderConfiguration configuration, IOrderFolder folder, CancellationToken cancellation)
    {
        // The report of an earlier operation of the name is no longer the final one.
        if (configuration.XmlReport) await folder.DeleteAsync(OrderFileName.MarkerOf(name), cancellation);
        await operations.ReachAsync(operationId, OperationStep.Accepted, [(SubStatus.SemaphoreDeleted, "")]);
        Reached(operationId, OperationStep.Accepted);
    }

    /// <summary>After a crash between the claim and its end: whether the semaphore is still there is not known. Only then, because the name may have been published anew.</summary>
    private async Task AcceptAgainAsync(OperationWork work, CancellationToken cancellation)
    {
        if (work.Operation.Step >= OperationStep.Accepted) return;
        await ConsumeAsync(work.Folder, work.Operation.Semaphores, cancellation);
        await AcceptedAsync(work.Id, work.Operation.Name, work.Configuration, work.Folder, cancellation);
        work.Operation = Found(work.Id);
    }

    private async Task CopyOrderAsync(OperationWork work, CancellationToken cancellation)
    {
        if (work.Operation.Step >= OperationStep.OrderCopied) return;
        if (work.Operation.XmlFile is not { } file) throw new OperationFailure(OrderErrorCodes.E01, $"{OrderFileName.XmlOf(work.Operation.Name)} is not beside the semaphore");
        work.Place.Open();
        try
        {
            // Without that file it is E-01 as well: it was there when the folder was listed, and is not any more.
            if (!await work.Folder.CopyAsync(file, work.Place.OrderPath, options.Limits.MaxXmlBytes, cancellation)) throw new OperationFailure(OrderErrorCodes.E01, $"{file} is not beside the semaphore");
        }
        catch (ListFaultException fault)
        {
            throw new OperationFailure(OrderErrorCodes.E13, fault.Message, fault);
        }

        await KeepAsync(work, work.Place.OrderPath, cancellation);
        await ReachAsync(work, OperationStep.OrderCopied, cancellation, transitions: [(SubStatus.OrderFound, file), (SubStatus.OrderCopied, "")]);
    }

    private async Task CopyListsAsync(OperationWork work, CancellationToken cancellation)
    {
        if (work.Operation.Step >= OperationStep.ListsCopied) return;
        var lists = OrderSemaphore.ListsOf(work.Order);
        foreach (var list in lists)
        {
            try
            {
                if (!await work.Folder.CopyAsync(list, work.Place.ListPath(list), options.Limits.MaxListBytes, cancellation)) throw new OperationFailure(OrderErrorCodes.E05, $"{list} is not beside the order");
                await KeepAsync(work, work.Place.ListPath(list), cancellation);
            }
            catch (ListFaultException fault)
            {
                throw new OperationFailure([OrderProblem.Of(OrderErrorCodes.E13, 0, 0, fault.Message, list)], fault);
            }
        }

        await ReachAsync(
            work, OperationStep.ListsCopied, cancellation, transitions: lists.Count == 0 ? [] : [(SubStatus.ListsCopied, string.Join(", ", lists))]);
    }
}
