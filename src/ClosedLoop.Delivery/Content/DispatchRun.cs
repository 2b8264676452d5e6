using ClosedLoop.Data.Ledger;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Content;

/// <summary>One run of one mailing: from a start or resume to its end or pause. What is fetched in it is known to all its slices, and to no other run.</summary>
internal sealed class DispatchRun : IDisposable
{
    /// <summary>Octets of answers that a run remembers.</summary>
    private const long MaxCacheBytes = 32 * 1024 * 1024;

    private const int MaxCacheEntries = 20_000;

    private readonly CancellationTokenSource _end = new();
    private readonly RecipientFetch _fetch;
    private readonly Lock _gate = new();
    private Task<string?>? _verdict;

    public DispatchRun(long number, ContentFetcher fetcher, ContentFetchOptions options, ContentSettings settings, ReferencedFields references)
    {
        Number = number;
        _fetch = new RecipientFetch(fetcher, options, settings, references, new RunCache(MaxCacheBytes, MaxCacheEntries), _end.Token);
    }

    public long Number { get; }

    public Task<RecipientContent> LoadAsync(DueRecipient recipient) => _fetch.LoadAsync(recipient.Fields);

    /// <summary>Why the mailing was paused, or <c>null</c> when it may go on: found out once, by whoever asks first.</summary>
    public async Task<string?> VerdictAsync(Func<Task<string?>> judge)
    {
        Task<string?> verdict;
        lock (_gate)
        {
            if (_verdict is null or { IsFaulted: true } or { IsCanceled: true }) _verdict = Task.Run(judge);
            verdict = _verdict;
        }

        return await verdict.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }
}
