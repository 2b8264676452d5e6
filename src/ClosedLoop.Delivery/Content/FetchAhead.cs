using ClosedLoop.Data.Ledger;

namespace ClosedLoop.Delivery.Content;

/// <summary>
/// Fetches for the recipients that come next while those before them are on the wire, so that neither waits for the other. Bounded by number and by what is held.
/// </summary>
/// <param name="load">Fetches for one recipient.</param>
/// <param name="wants">Whether anything is fetched for a recipient at all.</param>
internal sealed class FetchAhead(Func<DueRecipient, Task<RecipientContent>> load, Func<DueRecipient, bool> wants)
{
    /// <summary>Recipients fetched for at the same time or ahead.</summary>
    private const int MaxRecipients = 64;

    /// <summary>Octets held ahead: beyond it only the group at hand is fetched for.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<DueRecipient> _next = new();
    private readonly Dictionary<int, Task<RecipientContent>> _started = [];
    private long _bytes;

    /// <summary>Recipients that come next, in order.</summary>
    public void Add(IEnumerable<DueRecipient> recipients)
    {
        lock (_gate)
        {
            foreach (var recipient in recipients.Where(wants)) _next.Enqueue(recipient);
            Pump();
        }
    }

    /// <summary>What the recipients of a group get, by sequence; those that nothing is fetched for are not in it.</summary>
    public async Task<IReadOnlyDictionary<int, RecipientContent>> TakeAsync(IReadOnlyList<DueRecipient> group)
    {
        var contents = new Dictionary<int, RecipientContent>();
        foreach (var recipient in group.Where(wants))
        {
            Task<RecipientContent> task;
            lock (_gate)
            {
                while (!_started.ContainsKey(recipient.Sequence) && _next.TryDequeue(out var next)) Start(next);
                if (!_started.Remove(recipient.Sequence, out task!)) task = HeldAsync(recipient);
            }

            var content = await task.ConfigureAwait(false);
            contents.Add(recipient.Sequence, content);
            lock (_gate)
            {
                _bytes -= content.Size;
                Pump();
            }
        }

        return contents;
    }

    private void Pump()
    {
        while (_started.Count < MaxRecipients && _bytes < MaxBytes && _next.TryDequeue(out var next)) Start(next);
    }

    private void Start(DueRecipient recipient) => _started[recipient.Sequence] = HeldAsync(recipient);

    private async Task<RecipientContent> HeldAsync(DueRecipient recipient)
    {
        // Off the lock that starts it.
        await Task.Yield();
        var content = await load(recipient).ConfigureAwait(false);
        lock (_gate)
        {
            _bytes += content.Size;
            Pump();
        }

        return content;
    }
}
