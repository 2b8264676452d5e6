using System.Text;
using ClosedLoop.Intake.Subscribers;

namespace ClosedLoop.Intake.Products;

/// <summary>Remembers keys as 128-bit hashes under a random key: some 40 bytes each, however long they are.</summary>
internal sealed class KeySet
{
    private readonly SipHash128 _hash = SipHash128.WithRandomKey();
    private readonly HashSet<UInt128> _keys = [];

    public int Count => _keys.Count;

    /// <returns>False when the key is there already.</returns>
    public bool Add(string key) => _keys.Add(Hash(key));

    public bool Contains(string key) => _keys.Contains(Hash(key));

    private UInt128 Hash(string key) => _hash.Hash(Encoding.UTF8.GetBytes(key), 0);
}
