using System.Net;
using System.Runtime.InteropServices;
using ClosedLoop.Model.Events;

namespace ClosedLoop.Responses.Verdicts;

/// <summary>
/// Notices addresses that touch messages of many recipients in the same second. Bounded and in memory only: no address is stored.
/// Not safe for several threads.
/// </summary>
public sealed class Crowd
{
    /// <summary>Recipients of one second from which on it is a crowd. The first of them go unmarked.</summary>
    public const int Many = 8;

    /// <summary>Most addresses remembered; then all are forgotten, which at worst leaves a crowd unnoticed for a second.</summary>
    public const int MostAddresses = 4096;

    private readonly Dictionary<IPAddress, Tally> _addresses = [];

    /// <summary>True when the event's address is a crowd in its second.</summary>
    public bool Notices(TrackedEvent tracked)
    {
        ArgumentNullException.ThrowIfNull(tracked);
        if (tracked.RemoteAddress is not { } address || RequestSigns.IsShared(address)) return false;
        if (_addresses.Count >= MostAddresses && !_addresses.ContainsKey(address)) _addresses.Clear();
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_addresses, address, out _);
        var second = tracked.OccurredAt / 1_000_000;
        var recipient = (tracked.MailingId, tracked.RecipientSequence);
        if (tally.Recipients is null || tally.Second != second) tally = new Tally(second, []);
        if (tally.Recipients!.Count < Many) tally.Recipients.Add(recipient);
        return tally.Recipients.Count >= Many;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Tally(long Second, HashSet<(long MailingId, long Sequence)>? Recipients);
}
