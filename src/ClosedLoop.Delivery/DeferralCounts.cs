namespace ClosedLoop.Delivery;

/// <summary>
/// How often recipient domains said "later" in the last hour, by minute: of this process and since its start. In memory, because the ledger keeps how somebody stands
/// and not every try. Safe for concurrent use.
/// </summary>
public sealed class DeferralCounts
{
    /// <summary>Minutes that are kept.</summary>
    public const int Minutes = 60;

    /// <summary>Domains that are told apart; the rest counts as <see cref="Others"/>, so that no list of recipients fills the memory.</summary>
    public const int MostDomains = 500;

    /// <summary>Stands for every further domain.</summary>
    public const string Others = "(others)";

    private readonly Lock _gate = new();
    private readonly Dictionary<(long Client, string Domain), Row> _rows = [];

    /// <param name="clientId">Whose mail.</param>
    /// <param name="domain">Recipient domain.</param>
    /// <param name="minute">Minutes since 1970.</param>
    public void Add(long clientId, string domain, long minute)
    {
        ArgumentNullException.ThrowIfNull(domain);
        lock (_gate)
        {
            var key = (clientId, domain.ToLowerInvariant());
            if (!_rows.TryGetValue(key, out var row))
            {
                if (_rows.Count >= MostDomains) Forget(minute);
                if (_rows.Count >= MostDomains) key = (clientId, Others);
                if (!_rows.TryGetValue(key, out row)) _rows[key] = row = new Row();
            }

            row.Add(minute);
        }
    }

    /// <summary>Domains that deferred within the hour, most often first.</summary>
    /// <param name="minute">The present one.</param>
    /// <param name="sees">Whose mail may be looked at.</param>
    /// <param name="most">How many domains.</param>
    public IReadOnlyList<(long ClientId, string Domain, IReadOnlyList<int> ByMinute)> Read(long minute, Func<long, bool> sees, int most)
    {
        ArgumentNullException.ThrowIfNull(sees);
        lock (_gate)
        {
            return [.. _rows.Where(row => sees(row.Key.Client)).Select(row => (row.Key.Client, row.Key.Domain, ByMinute: (IReadOnlyList<int>)row.Value.Read(minute)))
                .Where(row => row.ByMinute.Any(count => count > 0)).OrderByDescending(row => row.ByMinute.Sum(count => (long)count)).ThenBy(row => row.Domain, StringComparer.Ordinal).Take(most)];
        }
    }

    private void Forget(long minute)
    {
        foreach (var (key, row) in _rows.ToList())
        {
            if (row.Read(minute).All(count => count == 0)) _rows.Remove(key);
        }
    }

    private sealed class Row
    {
        private readonly int[] _counts = new int[Minutes];
        private long _last;

        public void Add(long minute)
        {
            Advance(minute);
            if (minute > _last - Minutes) _counts[minute % Minutes]++;
        }

        /// <summary>Oldest first.</summary>
        public int[] Read(long minute) => [.. Enumerable.Range(0, Minutes).Select(i => minute - Minutes + 1 + i).Select(at => at > _last || at <= _last - Minutes ? 0 : _counts[at % Minutes])];

        private void Advance(long minute)
        {
            for (var at = Math.Max(_last + 1, minute - Minutes + 1); at <= minute; at++) _counts[at % Minutes] = 0;
            _last = Math.Max(_last, minute);
        }
    }
}
