using System.Data.Common;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Model.Recipients;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

/// <summary>Records what relays and providers have said.</summary>
internal sealed partial class OutcomeRecorder(RecipientLedger ledger, DeliveryStatistics statistics, TimeProvider time, ILogger<OutcomeRecorder> logger)
{
    private static readonly TimeSpan RecordAgain = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Records the outcomes of claimed recipients, as often as it takes: the replies are known here and nowhere else, so giving up because the disk is
    /// full or the database is away would leave people in doubt of whom nobody need doubt. The group keeps its place in the window, so
    /// nothing more is claimed in it meanwhile. Only a stop ends it.
    /// </summary>
    public async Task RecordAsync(SliceHold hold, IReadOnlyList<SendOutcome> outcomes, CancellationToken cancellation)
    {
        var started = DeliveryStatistics.Now;
        while (true)
        {
            try
            {
                await ledger.RecordAsync(outcomes, hold).ConfigureAwait(false);
                statistics.AddRecord(DeliveryStatistics.Now - started);
                CountDeferrals(outcomes);
                return;
            }
            catch (DbException e) when (!cancellation.IsCancellationRequested)
            {
                LogNotRecorded(e, hold.MailingId, outcomes.Count);
                await Task.Delay(RecordAgain, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void CountDeferrals(IReadOnlyList<SendOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome is { State: RecipientState.Waiting, Untried: false } && outcome.Address.Contains('@', StringComparison.Ordinal))
                statistics.Deferrals.Add(outcome.ClientId, RelayLane.Domain(outcome.Address), time.GetUtcNow().ToUnixTimeSeconds() / 60);
        }
    }
}
