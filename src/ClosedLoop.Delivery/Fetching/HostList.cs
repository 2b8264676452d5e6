using System.Net;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>Hosts that may be asked: names, addresses, and <c>*.example.com</c> for every name below one.</summary>
public sealed class HostList
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _below = [];

    /// <exception cref="ArgumentException">An entry is no host; see <see cref="Fault"/>.</exception>
    public HostList(IEnumerable<string> hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        foreach (var host in hosts)
        {
            if (Fault(host) is { } fault) throw new ArgumentException(fault, nameof(hosts));
            if (host.StartsWith("*.", StringComparison.Ordinal)) _below.Add("." + ContentAddress.Normal(host[2..])!);
            else _names.Add(ContentAddress.Normal(host)!);
        }
    }

    /// <summary>Every entry in its normal form, in ordinal order.</summary>
    internal IEnumerable<string> Entries => _names.Concat(_below).Order(StringComparer.Ordinal);

    public bool IsEmpty => _names.Count == 0 && _below.Count == 0;

    /// <summary>What is wrong with an entry, or <c>null</c>.</summary>
    public static string? Fault(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var isBelow = host.StartsWith("*.", StringComparison.Ordinal);
        var normal = ContentAddress.Normal(isBelow ? host[2..] : host);

        // A star before a top-level domain would allow whoever buys a name there.
        var isGood = normal is not null && (!isBelow || (normal.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(normal, out _)));
        return isGood ? null : $"'{host}' is no host; expected a name such as cms.example.com, or *.example.com for every name below one";
    }

    /// <summary>The entry that allows a host, which is what parallel requests are counted by; <c>null</c> when none does.</summary>
    /// <param name="host">A host as <see cref="ContentAddress"/> writes it.</param>
    internal string? EntryOf(string host)
    {
        if (_names.Contains(host)) return host;
        foreach (var suffix in _below)
        {
            if (host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.Ordinal) && !IPAddress.TryParse(host, out _)) return suffix;
        }

        return null;
    }
}
