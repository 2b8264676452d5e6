using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Mailings.Mailings;

public sealed partial class MailingGrain
{
    private readonly HashSet<int> _running = [];
    private readonly Queue<int> _open = new();
    private readonly Dictionary<int, long> _later = [];
    private readonly HashSet<int> _extended = [];
    private IGrainTimer? _timer;

    /// <summary>Whether this activation has taken the mailing up.</summary>
    private bool _driven;

    /// <summary>Longest sleep before a start: a clock that is set meanwhile is noticed.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    public async Task BatchDoneAsync(BatchReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _running.Remove(report.Number);
        if (_extended.Remove(report.Number)) _open.Enqueue(report.Number);
        if (report.Paused is { } reason) await PausedAsync(reason);
        if (report.Error is not null)
        {
            LogBatchBroke(MailingId, report.Number, report.Error);
            _later[report.Number] = time.NowMicroseconds() + (long)options.BrokenBatchDelay.TotalMicroseconds;
        }
        else if (report.NextDue is { } due)
        {
            _later[report.Number] = due;
        }

        await DriveAsync();
    }

    public async Task HastenAsync()
    {
        foreach (var number in _later.Keys) _open.Enqueue(number);
        _later.Clear();
        await DriveAsync();
    }

    public async Task ExtendedAsync(int number)
    {
        // A run that has read its slice does not see who came after that.
        if (_running.Contains(number)) _extended.Add(number);
        else if (!_open.Contains(number)) _open.Enqueue(number);
        _later.Remove(number);
        await DriveAsync();
    }

    /// <summary>Queued → sending when its time has come and the source is free; then keeps slices running until the ledger has nobody open.</summary>
    private async Task DriveAsync()
    {
        var row = Row();
        if (row.State == MailingState.Queued)
        {
            var early = TimeSpan.FromMicroseconds(Math.Max(0, (row.StartAt ?? 0) - time.NowMicroseconds()));
            if (early > TimeSpan.Zero)
            {
                Wake(early < LongestSleep ? early : LongestSleep);
                return;
            }

            var client = definitions.FindClient(row.ClientId, row.ClientVersion)!.Value;
            if (!await mailings.TryBeginAsync(row, client.Import.SerializePerSource))
            {
                Wake(options.QueuePoll);
                return;
            }

            LogSending(row.MailingId, row.Accepted);
        }
        else if (row.State != MailingState.Sending)
        {
            return;
        }

        TakeDue();
        if (_open.Count == 0 && _running.Count == 0 && _later.Count == 0)
        {
            if (row.Mode != MailingMode.Standing && await mailings.TryFinishAsync(row.MailingId, FinishedNotice.Of(row, definitions.FindClient(row.ClientId, row.ClientVersion)!.Value, ledger)))
            {
                await EndWatchAsync();
                LogFinished(row.MailingId);
                DeactivateOnIdle();
                return;
            }

            foreach (var slice in ledger.OpenSlices(row.MailingId, BatchSlice.Size)) _open.Enqueue(slice);
        }

        while (_running.Count < options.ConcurrentBatches * options.Silos() && _open.TryDequeue(out var number))
        {
            if (!_running.Add(number)) continue;
            await AskAsync(number);
        }

        if (_later.Count > 0)
        {
            var wait = _later.Values.Min() - time.NowMicroseconds();
            Wake(TimeSpan.FromMicroseconds(Math.Max(wait, 1_000)));
        }
    }

    /// <summary>Has a slice sent, wherever its grain is. One that cannot be reached counts as running, and is asked again: nobody knows whether it heard.</summary>
    private async Task AskAsync(int number)
    {
        try
        {
            await Batch(number).RunAsync();
        }
#pragma warning disable CA1031 // a silo that is gone must not keep the slices of the others from being driven
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBatchUnreachable(MailingId, number, e.Message);
        }
    }

    /// <summary>A batch paused the mailing where it stood; a resume in between has begun another run, which this does not concern.</summary>
    private async Task PausedAsync(string reason)
    {
        if (Row().State != MailingState.Paused || decisions.State.Reason == reason) return;
        await DecideAsync(reason);
        await StopBatchesAsync();
        LogPaused(MailingId, reason);
    }

    private void TakeDue()
    {
        var now = time.NowMicroseconds();
        foreach (var (number, due) in _later.Where(later => later.Value <= now).ToList())
        {
            _later.Remove(number);
            _open.Enqueue(number);
        }
    }

    private void Wake(TimeSpan after)
    {
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(static (self, _) => self.DriveAsync(), this,
            new GrainTimerCreationOptions { DueTime = after, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
    }

    private async Task StopBatchesAsync()
    {
        _open.Clear();
        _later.Clear();
        _extended.Clear();
        foreach (var number in _running.ToList()) await Batch(number).StopAsync();
    }
}
