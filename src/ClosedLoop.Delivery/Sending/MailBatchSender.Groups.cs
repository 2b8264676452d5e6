using ClosedLoop.Data.Ledger;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Model;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class MailBatchSender
{
    private GroupLoop<PreparedGroup> LoopOf(BatchRun run, BatchSlice slice, CancellationToken cancellation) => new()
    {
        GroupSize = window.GroupSize,
        Read = from => Read(run, slice, from),
        IsHeld = () => run.Lane.Relay.HeldUntil > time.NowMicroseconds(),
        IsStopped = () => cancellation.IsCancellationRequested || run.Hold.IsLost,
        Prepare = group => PrepareAsync(run, group, cancellation),
        Send = prepared => SendGroupAsync(run, prepared, cancellation),
        Drop = prepared => prepared.ReturnBuffers(),
    };

    private IReadOnlyList<DueRecipient> Read(BatchRun run, BatchSlice slice, int from)
    {
        var due = ledger.ReadDue(slice.MailingId, run.Client.Id, from, slice.To, time.NowMicroseconds(), options.ReadAhead, run.Client.Bounce);
        if (due.Count == 0) return due;
        run.Ahead?.Add(due);
        if (run.Content.Products is { } products) ProductDemand.Warm(products, run.Content.Content.List, due);
        return due;
    }

    private async ValueTask<PreparedGroup?> PrepareAsync(BatchRun run, IReadOnlyList<DueRecipient> group, CancellationToken cancellation)
    {
        var fetched = await ContentsAsync(run, group, cancellation).ConfigureAwait(false);
        return run.Ahead is not null && fetched is null ? null : Prepare(run, group, fetched);
    }
}
