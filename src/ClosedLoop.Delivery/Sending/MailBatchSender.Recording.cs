using System.Data.Common;
using ClosedLoop.Data.Ledger;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class MailBatchSender
{
    private static readonly TimeSpan RecordAgain = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Records what the relay has said, as often as it takes: the replies are known here and nowhere else, so giving up because the disk is
    /// full or the database is away would leave people in doubt of whom nobody need doubt. The group keeps its place in the window, so
    /// nothing more is claimed in it meanwhile. Only a stop ends it.
    /// </summary>
    private async Task RecordAsync(BatchRun run, List<SendOutcome> outcomes, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await ledger.RecordAsync(outcomes, run.Hold).ConfigureAwait(false);
                return;
            }
            catch (DbException e) when (!cancellation.IsCancellationRequested)
            {
                LogNotRecorded(e, run.Mailing.MailingId, outcomes.Count);
                await Task.Delay(RecordAgain, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
