using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Delivery.Content;

/// <summary>
/// Answers of one dispatch run by their address, failures among them: an address is asked once, however many want it at the same time. Bounded; who has not been
/// wanted for longest goes first, so that what many share stays.
/// </summary>
/// <param name="maxBytes">Octets held; the answer that crosses it is still given to who waits for it.</param>
/// <param name="maxEntries">Addresses remembered.</param>
internal sealed class RunCache(long maxBytes, int maxEntries)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(FieldContent Kind, string Url), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    /// <summary>Octets held now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return _bytes;
        }
    }

    public Task<RunItem> GetAsync(FieldContent kind, string url, Func<Task<RunItem>> load)
    {
        LinkedListNode<Entry> node;
        lock (_gate)
        {
            if (_entries.TryGetValue((kind, url), out var known))
            {
                _byUse.Remove(known);
                _byUse.AddLast(known);
                return known.Value.Answer.Value;
            }

            node = new LinkedListNode<Entry>(new Entry((kind, url), new Lazy<Task<RunItem>>(load)));
            _entries.Add((kind, url), node);
            _byUse.AddLast(node);
        }

        // Outside the lock: loading may end at once.
        return LoadedAsync(node);
    }

    private async Task<RunItem> LoadedAsync(LinkedListNode<Entry> node)
    {
        try
        {
            var item = await node.Value.Answer.Value.ConfigureAwait(false);
            Settle(node, item.Size);
            return item;
        }
        catch (ContentException)
        {
            Settle(node, 512);
            throw;
        }
        catch
        {
            // Not an answer: whoever asks next may fare better.
            lock (_gate) Remove(node);
            throw;
        }
    }

    private void Settle(LinkedListNode<Entry> node, long size)
    {
        lock (_gate)
        {
            if (node.List is null) return;
            node.Value.Size = size;
            _bytes += size;
            for (var oldest = _byUse.First; oldest is not null && (_bytes > maxBytes || _entries.Count > maxEntries);)
            {
                var next = oldest.Next;
                if (oldest.Value.Size > 0) Remove(oldest);
                oldest = next;
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        if (node.List is null) return;
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
        _bytes -= node.Value.Size;
    }

    private sealed class Entry((FieldContent Kind, string Url) key, Lazy<Task<RunItem>> answer)
    {
        public (FieldContent Kind, string Url) Key { get; } = key;

        public Lazy<Task<RunItem>> Answer { get; } = answer;

        /// <summary>0 while the answer is not there.</summary>
        public long Size { get; set; }
    }
}
