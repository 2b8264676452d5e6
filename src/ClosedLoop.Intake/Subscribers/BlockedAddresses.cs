using System.Text;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>
/// A client's blocklist as it was when the file was begun (W207): addresses as hashes, 20 to 25 bytes each, patterns as they are. Who is
/// blocked after that is found when the mailing is sent. People who were erased (W210) are known by keyed hash only.
/// </summary>
public sealed class BlockedAddresses
{
    private readonly AddressSet _addresses = new();
    private readonly IReadOnlyList<AddressPattern> _patterns;
    private readonly bool _any;

    private readonly ErasedSet _erased;

    private BlockedAddresses(IReadOnlyList<AddressPattern> patterns, IEnumerable<string> addresses, ErasedSet erased)
    {
        (_patterns, _erased) = (patterns, erased);
        foreach (var address in addresses) _any |= _addresses.Add(group: 0, Encoding.UTF8.GetBytes(address));
    }

    /// <exception cref="ErasureKeyMissingException">It cannot be told who was erased.</exception>
    public static BlockedAddresses Of(Blocklist blocklist, ErasedPeople erased, long clientId)
    {
        ArgumentNullException.ThrowIfNull(blocklist);
        ArgumentNullException.ThrowIfNull(erased);
        return new BlockedAddresses(blocklist.Patterns(clientId), blocklist.Addresses(clientId), erased.Of(clientId));
    }

    /// <summary>Whether the person was erased and must not be taken in again (W210).</summary>
    /// <param name="address">Normalised, UTF-8.</param>
    internal bool IsErased(ReadOnlySpan<byte> address) => _erased.Contains(address);

    /// <param name="address">Normalised, UTF-8.</param>
    internal bool Contains(ReadOnlySpan<byte> address)
    {
        if (_any && _addresses.Contains(group: 0, address)) return true;
        if (_patterns.Count == 0) return false;
        var text = Encoding.UTF8.GetString(address);
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(text)) return true;
        }

        return false;
    }
}
