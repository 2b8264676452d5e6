using ClosedLoop.Data.Silos;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Private copies outlast the silo that made them (decision 025): what lies in its data folder is a working copy of what the database has.</summary>
public sealed partial class OrderIntake
{
    /// <summary>Operations whose working copies this process has made, and under which hold: another silo may have had them in between.</summary>
    private readonly System.Collections.Concurrent.ConcurrentDictionary<long, long> _placed = new();

    private async Task KeepAsync(OperationWork work, string path, CancellationToken cancellation)
    {
        if (!copies.IsKept) return;
        await using var content = File.OpenRead(path);
        await copies.KeepAsync(work.Id, Path.GetFileName(path), content, cancellation);
        _placed[work.Id] = WorkHold.Epoch;
    }

    /// <summary>Before an operation is gone on with: its copies are here, as they were when the step was recorded.</summary>
    private void RestoreCopies(OperationWork work)
    {
        if (!copies.IsKept || work.Operation.Step < OperationStep.OrderCopied || (_placed.TryGetValue(work.Id, out var epoch) && epoch == WorkHold.Epoch)) return;
        var names = copies.Names(work.Id);

        // Nothing is kept of operations that were begun on an SQLite database: those go on where their folder is.
        if (names.Count == 0 && !File.Exists(work.Place.OrderPath))
            throw new OperationFailure(OrderErrorCodes.E99, "CL6122: the private copies of the order are neither in the database nor on this machine; publish the order again");
        work.Place.Open();
        foreach (var name in names)
        {
            // Rows that are in the user database are not read from the list again.
            if (work.Operation.Step >= OperationStep.Uploaded && OrderWorkplace.IsList(name)) continue;
            Data.Files.AtomicFile.Write(work.Place.PathOf(name), stream => copies.Read(work.Id, name, stream));
        }

        if (names.Count > 0) LogRestored(work.Id, names.Count);
        _placed[work.Id] = WorkHold.Epoch;
    }
}
