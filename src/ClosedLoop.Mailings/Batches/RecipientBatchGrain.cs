using System.Globalization;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Grains.Placement;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Mailings.Batches;

/// <summary>
/// Owns one slice of the ledger: as there is one activation per key, nobody else claims its recipients. Sending runs
/// beside the grain's turns, so that no call waits for it; a deactivation stops it and waits until what it has claimed is
/// recorded.
/// </summary>
[RunsOn(Roles.Deliver)]
[Spread]
public sealed class RecipientBatchGrain(IBatchSender sender) : Grain, IRecipientBatchGrain, IDisposable
{
    private Task _run = Task.CompletedTask;
    private CancellationTokenSource? _stop;

    public Task RunAsync()
    {
        if (!_run.IsCompleted) return Task.CompletedTask;
        _stop?.Dispose();
        _stop = new CancellationTokenSource();
        var slice = BatchSlice.Parse(this.GetPrimaryKeyString());
        var mailing = GrainFactory.GetGrain<IMailingGrain>(slice.MailingId.ToString(CultureInfo.InvariantCulture));
        var cancellation = _stop.Token;
        _run = Task.Run(() => SendAsync(sender, slice, mailing, cancellation), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync() => _stop?.CancelAsync() ?? Task.CompletedTask;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await StopAsync();
        if (!_run.IsCompleted) KillSwitch.Reach(KillPoint.Draining);
        await _run;
    }

    public void Dispose() => _stop?.Dispose();

    private static async Task SendAsync(IBatchSender sender, BatchSlice slice, IMailingGrain mailing, CancellationToken cancellation)
    {
        BatchReport report;
        try
        {
            var result = await sender.SendAsync(slice, cancellation);
            report = new BatchReport(slice.Number, result.Handled, result.NextDue, Error: null, result.Paused);
        }
#pragma warning disable CA1031 // whatever broke the run is told to the mailing, which drives the slice again
        catch (Exception e)
#pragma warning restore CA1031
        {
            report = new BatchReport(slice.Number, 0, NextDue: null, e.Message);
        }

        // Not awaited: a deactivation waits for this task, and the mailing may be waiting for that deactivation. A report that
        // is lost is made up for by the mailing's reminder.
        _ = mailing.BatchDoneAsync(report);
    }
}
