using System.Text;
using ClosedLoop.Data.Suppression;

namespace ClosedLoop.Data.Privacy;

/// <summary>The erased people of one client as they were at a moment. Costs nothing while there are none, else one HMAC a question.</summary>
public sealed class ErasedSet
{
    private readonly long _clientId;
    private readonly ErasureKey? _key;
    private readonly HashSet<UInt128> _hashes;

    internal ErasedSet(long clientId, ErasureKey? key, HashSet<UInt128> hashes) => (_clientId, _key, _hashes) = (clientId, key, hashes);

    public static ErasedSet Empty { get; } = new(0, key: null, []);

    public int Count => _hashes.Count;

    public bool Contains(string address) => _hashes.Count > 0 && Contains(Encoding.UTF8.GetBytes(address));

    /// <param name="address">UTF-8, in any case.</param>
    public bool Contains(ReadOnlySpan<byte> address)
    {
        if (_hashes.Count == 0 || address.Length > 512) return false;
        Span<byte> folded = stackalloc byte[address.Length];
        for (var i = 0; i < address.Length; i++) folded[i] = AddressCase.Fold(address[i]);
        return _hashes.Contains(Short(_key!.HashOf(_clientId, folded)));
    }

    /// <summary>Half of the hash tells a billion people apart and takes half the room.</summary>
    internal static UInt128 Short(ReadOnlySpan<byte> hash) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
}
