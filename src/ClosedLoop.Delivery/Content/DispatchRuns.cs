using System.Globalization;
using ClosedLoop.Data.Content;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Content;

/// <summary>The runs of mailings with content per recipient that are being sent by this process.</summary>
internal sealed class DispatchRuns(DispatchRunStore store, RecipientLedger ledger, ContentFetcher fetcher, ContentFetchOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Recipients that a run is judged by (closed-loop spec section 10).</summary>
    public const int Sample = 100;

    /// <summary>A run that no slice takes part in for so long is forgotten; one that comes later asks again.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Seat> _runs = [];

    /// <summary>Takes part in the present run of a mailing; <c>null</c> when nothing is put in place of a column in it.</summary>
    public Lease? Join(MailingRow mailing, ClientDefinition client, CompiledMailing content)
    {
        if (content.References is not { } references) return null;
        var number = store.RunOf(mailing.MailingId);
        lock (_gate)
        {
            if (!_runs.TryGetValue(mailing.MailingId, out var seat) || seat.Run.Number != number)
            {
                // Slices of the run before end by themselves; what they have goes with the last of them.
                if (seat is { Leases: 0 }) seat.Dispose();
                seat = new Seat(new DispatchRun(number, fetcher, options, client.Content, references));
                _runs[mailing.MailingId] = seat;
            }

            seat.Leases++;
            return new Lease(this, mailing, client, references, seat);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var seat in _runs.Values) seat.Dispose();
            _runs.Clear();
        }
    }

    private void Leave(long mailingId, Seat seat)
    {
        lock (_gate)
        {
            if (--seat.Leases > 0) return;
            if (_runs.GetValueOrDefault(mailingId) != seat) seat.Dispose();
            else seat.Timer ??= time.CreateTimer(_ => Forget(mailingId, seat), state: null, Idle, Timeout.InfiniteTimeSpan);
            seat.Timer?.Change(Idle, Timeout.InfiniteTimeSpan);
        }
    }

    private void Forget(long mailingId, Seat seat)
    {
        lock (_gate)
        {
            if (seat.Leases > 0 || _runs.GetValueOrDefault(mailingId) != seat) return;
            _runs.Remove(mailingId);
            seat.Dispose();
        }
    }

    /// <summary>
    /// Fetches for the first recipients before anybody is mailed or failed. A server that is down then costs nobody the mail: they all wait.
    /// </summary>
    private async Task<string?> JudgeAsync(Lease lease, Func<DueRecipient, bool> wants)
    {
        var mailing = lease.Mailing;
        var first = ledger.ReadDue(mailing.MailingId, mailing.ClientId, 0, int.MaxValue, time.NowMicroseconds(), Sample, lease.Client.Bounce).Where(wants).ToList();
        var contents = new RecipientContent[first.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, first.Count), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => contents[i] = await lease.Run.LoadAsync(first[i]).ConfigureAwait(false)).ConfigureAwait(false);
        if (Reason(contents, lease.Client.Content.MaxFailurePercent) is not { } reason) return null;
        await store.PauseAsync(mailing.MailingId, lease.Run.Number, PauseNotice.Of(mailing, lease.Client, lease.Run.Number, reason)).ConfigureAwait(false);
        return reason;
    }

    private static string? Reason(RecipientContent[] contents, int most)
    {
        var failed = contents.Where(content => content.Fault is not null).ToList();
        if (failed.Count == 0) return null;
        var common = contents.Length > 1 ? failed.GroupBy(content => content.FaultUrl, StringComparer.Ordinal).FirstOrDefault(same => same.Count() == contents.Length) : null;
        if (common is not null) return $"E404 content that all recipients share cannot be had: {common.First().Fault!.Message}";
        return failed.Count <= most ? null : string.Create(CultureInfo.InvariantCulture,
            $"E404 content of {failed.Count} of the first {contents.Length} recipients cannot be had, more than {most} (content.maxFailurePercent); the first of them: {failed[0].Fault!.Message}");
    }

    /// <summary>A slice's part in a run.</summary>
    internal sealed class Lease(DispatchRuns runs, MailingRow mailing, ClientDefinition client, ReferencedFields references, Seat seat) : IDisposable
    {
        public MailingRow Mailing { get; } = mailing;

        public ClientDefinition Client { get; } = client;

        public DispatchRun Run { get; } = seat.Run;

        /// <summary>Why the mailing is paused now, or <c>null</c>.</summary>
        /// <param name="wants">Whether a recipient is mailed at all.</param>
        public Task<string?> VerdictAsync(Func<DueRecipient, bool> wants) =>
            references.AreFetched ? Run.VerdictAsync(() => runs.JudgeAsync(this, wants)) : Task.FromResult<string?>(null);

        public FetchAhead Ahead(Func<DueRecipient, bool> wants) => new(Run.LoadAsync, wants);

        public void Dispose() => runs.Leave(Mailing.MailingId, seat);
    }

    internal sealed class Seat(DispatchRun run) : IDisposable
    {
        public DispatchRun Run { get; } = run;

        public int Leases { get; set; }

        public ITimer? Timer { get; set; }

        public void Dispose()
        {
            Timer?.Dispose();
            Run.Dispose();
        }
    }
}
