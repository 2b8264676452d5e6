using ClosedLoop.Data.Ledger;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Channels;

internal sealed partial class ChannelBatchSender
{
    /// <summary>How the slice ends when nothing may be sent: the run was judged and the mailing paused, or the slice was asked to stop meanwhile. Else <c>null</c>.</summary>
    private static async Task<BatchResult?> MayStartAsync(ChannelRun run, DispatchRuns.Lease lease, CancellationToken cancellation)
    {
        var verdict = lease.VerdictAsync(recipient => IsReached(run, recipient));
        await ((Task)verdict).WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!verdict.IsCompleted) return new BatchResult(0, NextDue: null);
        return await verdict.ConfigureAwait(false) is { } paused ? new BatchResult(0, NextDue: null, paused) : null;
    }

    /// <summary>What was fetched for a group; <c>null</c> for a message without such content, and when the slice is asked to stop.</summary>
    private static async Task<IReadOnlyDictionary<int, RecipientContent>?> ContentsAsync(ChannelRun run, IReadOnlyList<DueRecipient> group, CancellationToken cancellation)
    {
        if (run.Ahead is not { } ahead) return null;
        var contents = ahead.TakeAsync(group);
        await ((Task)contents).WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return contents.IsCompleted ? await contents.ConfigureAwait(false) : null;
    }

    /// <summary>Nothing is asked of a server for somebody who gets no message.</summary>
    private static bool IsReached(ChannelRun run, DueRecipient recipient) => recipient.SuppressedBy is null && BlockedBy(run, recipient) is null;
}
