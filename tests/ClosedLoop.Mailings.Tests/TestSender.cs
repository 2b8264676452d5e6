using System.Collections.Concurrent;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Mailings.Tests;

/// <summary>Stands for delivery: claims and records without a message, can wait at a gate, break off and defer.</summary>
internal sealed class TestSender(RecipientLedger ledger, MailingStore mailings) : IBatchSender
{
    private int _running;
    private int _most;
    private int _sent;

    /// <summary>Messages that would have gone out.</summary>
    public int Sent => _sent;

    /// <summary>Opened by default; a run waits here after its claim.</summary>
    public TaskCompletionSource Gate { get; set; } = Opened();

    /// <summary>Slices whose next run breaks off.</summary>
    public ConcurrentDictionary<int, bool> Breaks { get; } = new();

    /// <summary>Sequences that are deferred once, by this many microseconds.</summary>
    public ConcurrentDictionary<int, long> Defers { get; } = new();

    /// <summary>Reason with which the next run pauses the mailing; null for none.</summary>
    public string? Pauses { get; set; }

    /// <summary>Runs by slice.</summary>
    public ConcurrentBag<BatchSlice> Runs { get; } = [];

    /// <summary>Most runs at one time.</summary>
    public int MostAtOnce => _most;

    public async Task<BatchResult> SendAsync(BatchSlice slice, CancellationToken cancellation)
    {
        Runs.Add(slice);
        InterlockedMax(ref _most, Interlocked.Increment(ref _running));
        try
        {
            if (Breaks.TryRemove(slice.Number, out _)) throw new IOException("the relay is gone");
            if (Pauses is { } reason)
            {
                Pauses = null;
                await mailings.MoveAsync(slice.MailingId, MailingState.Paused, MailingState.Sending);
                return new BatchResult(0, NextDue: null, reason);
            }

            return await SendSliceAsync(slice, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task<BatchResult> SendSliceAsync(BatchSlice slice, CancellationToken cancellation)
    {
        var mailing = mailings.Find(slice.MailingId)!;
        var handled = 0;
        foreach (var due in ledger.ReadDue(slice.MailingId, mailing.ClientId, slice.From, slice.To, TimeProvider.System.NowMicroseconds(), 5_000, new()))
        {
            if (cancellation.IsCancellationRequested) break;
            if (!(await ledger.ClaimAsync(slice.MailingId, [due.Sequence]))[0]) break;
            await Gate.Task;
            var deferred = Defers.TryRemove(due.Sequence, out var pause);
            var now = TimeProvider.System.NowMicroseconds();
            await ledger.RecordAsync([new SendOutcome
            {
                MailingId = slice.MailingId,
                ClientId = mailing.ClientId,
                Sequence = due.Sequence,
                Address = due.Address,
                State = deferred ? RecipientState.Waiting : RecipientState.Sent,
                DueAt = now + pause,
                DoneAt = now,
            }]);
            if (!deferred) Interlocked.Increment(ref _sent);
            handled += deferred ? 0 : 1;
        }

        return new BatchResult(handled, ledger.NextDue(slice.MailingId, slice.From, slice.To));
    }

    private static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        do
        {
            seen = target;
        }
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) != seen);
    }
}
