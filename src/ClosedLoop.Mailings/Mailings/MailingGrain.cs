using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Resend;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Grains.Placement;
using ClosedLoop.Model;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Mailings.Mailings;

/// <summary>
/// Decides what one mailing does next. It never sends: slices do, each reporting back when nobody in it is due. What it
/// holds in memory can be lost at any time, because the open slices are read from the ledger again.
/// </summary>
[RunsOn(Roles.Deliver)]
public sealed partial class MailingGrain(
    [PersistentState("mailing", GrainStorage.Name)] IPersistentState<MailingDecisions> decisions,
    MailingStore mailings,
    DefinitionStore definitions,
    RecipientLedger ledger,
    ResendStore resends,
    LedgerWriter writer,
    MailingOptions options,
    TimeProvider time,
    ILogger<MailingGrain> logger) : Grain, IMailingGrain, IRemindable
{
    private const string WatchReminder = "watch";

    private long MailingId => long.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture);

    public async Task StartAsync()
    {
        var row = Row();
        _driven = true;
        switch (row.State)
        {
            case MailingState.Importing:
                throw new InvalidOperationException($"CL4001: mailing {row.MailingId} is still being imported and cannot start.");
            case MailingState.Prepared when row.ContentHash is null:
                throw new InvalidOperationException($"CL4002: mailing {row.MailingId} has no frozen content; its source was not copied.");
            case MailingState.Prepared:
                await mailings.MoveAsync(row.MailingId, MailingState.Queued, MailingState.Prepared);
                if (row.StartAt is { } due) LogScheduled(row.MailingId, Instants.FromMicroseconds(due));
                break;
            case MailingState.Queued or MailingState.Sending:
                break;
            default:
                await SettleAsync(row.MailingId);
                return;
        }

        await this.RegisterOrUpdateReminder(WatchReminder, options.Watch, options.Watch);
        await DriveAsync();
    }

    public async Task WatchAsync()
    {
        if (!_driven)
        {
            await StartAsync();
            return;
        }

        // Not awaited: a slice on a silo that is dead and not yet declared so answers late, and the mailing has others.
        foreach (var number in _running) _ = AskAsync(number);
        if (Row().State is not (MailingState.Queued or MailingState.Sending)) await SettleAsync(MailingId);

        // A silo that has come can take slices that wait for a place.
        else if (_open.Count > 0) await DriveAsync();
    }

    public async Task<bool> PauseAsync(string reason)
    {
        if (!await mailings.MoveAsync(MailingId, MailingState.Paused, MailingState.Sending, MailingState.Queued)) return false;
        await DecideAsync(reason);
        await StopBatchesAsync();
        LogPaused(MailingId, reason);
        return true;
    }

    public async Task<bool> ResumeAsync()
    {
        if (!await mailings.MoveAsync(MailingId, MailingState.Queued, MailingState.Paused)) return false;
        await DecideAsync(reason: null);
        LogResumed(MailingId);
        await StartAsync();
        return true;
    }

    public async Task<bool> CancelAsync(string reason)
    {
        var now = time.NowMicroseconds();
        var cancelled = await writer.WriteAsync(context =>
        {
            if (!MailingStore.Move(context, MailingId, MailingState.Cancelled, now,
                    MailingState.Prepared, MailingState.Queued, MailingState.Sending, MailingState.Paused)) return false;
            RecipientLedger.CancelWaiting(context, MailingId, now);
            return true;
        });
        if (!cancelled) return false;
        await DecideAsync(reason);
        await StopBatchesAsync();
        await EndWatchAsync();
        LogCancelled(MailingId, reason);
        return true;
    }

    public Task<MailingProgress> GetProgressAsync() => Task.FromResult(new MailingProgress(
        Row().State.ToString(), _running.Count, _open.Count + _later.Count, decisions.State.Reason));

    /// <summary>A mailing that should be moving is moved again, whatever was lost in between.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // A batch whose report was lost looks as if it ran for ever; asked again it runs over what is left and reports.
        foreach (var number in _running) await AskAsync(number);
        await StartAsync();
    }

    private MailingRow Row() => mailings.Find(MailingId)
        ?? throw new KeyNotFoundException($"CL4003: mailing {MailingId} does not exist.");

    /// <summary>A crash may have left recipients claimed in a mailing that is not being sent any more: their slices record it.</summary>
    private async Task SettleAsync(long mailingId)
    {
        var claimed = ledger.ClaimedSlices(mailingId, BatchSlice.Size);
        foreach (var number in claimed) await AskAsync(number);
        if (claimed.Count == 0) await EndWatchAsync();
    }

    private IRecipientBatchGrain Batch(int number) => GrainFactory.GetGrain<IRecipientBatchGrain>(new BatchSlice(MailingId, number).Key);

    private async Task DecideAsync(string? reason)
    {
        decisions.State.Reason = reason;
        decisions.State.DecidedAt = time.NowMicroseconds();
        await decisions.WriteStateAsync();
    }

    private async Task EndWatchAsync()
    {
        if (await this.GetReminder(WatchReminder) is { } reminder) await this.UnregisterReminder(reminder);
    }
}
