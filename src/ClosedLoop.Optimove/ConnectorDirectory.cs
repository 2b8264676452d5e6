using System.Net;
using System.Security.Cryptography;
using System.Text;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove;

/// <summary>Connectors by the key in their listener address, as they were at most a second ago.</summary>
public sealed class ConnectorDirectory(ConnectorStore store, DefinitionStore definitions, TimeProvider time)
{
    private const long Age = 1_000_000;

    private Snapshot _snapshot = new([], [], 0);

    /// <summary>The active connector of an app key, or <c>null</c>.</summary>
    public ConnectorEntry? Find(string appKey)
    {
        var now = time.NowMicroseconds();
        var snapshot = Current(now);
        var wanted = Encoding.ASCII.GetBytes(AppKey.HashOf(appKey));
        ConnectorEntry? found = null;

        // Every key is compared, each in the same time: neither the answer's time nor its text tells a key that is nearly right, or one that was switched off, from any other.
        foreach (var (hash, clientId, validUntil) in snapshot.Keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, wanted) && (validUntil is null || validUntil > now)) found = snapshot.Entries.GetValueOrDefault(clientId);
        }

        return found is { Row.IsActive: true } ? found : null;
    }

    public ConnectorEntry? Find(long clientId) => Current(time.NowMicroseconds()).Entries.GetValueOrDefault(clientId);

    /// <summary>Something was saved here: the next look reads it.</summary>
    public void Forget() => _snapshot = _snapshot with { ReadAt = 0 };

    private Snapshot Current(long now)
    {
        var snapshot = _snapshot;
        if (now - snapshot.ReadAt < Age && now >= snapshot.ReadAt) return snapshot;
        var entries = new Dictionary<long, ConnectorEntry>();
        foreach (var row in store.All())
        {
            if (definitions.FindClient(row.ClientId) is { } client)
                entries.Add(row.ClientId, new ConnectorEntry(row, client.Value.Key, [.. row.Definition.AllowedAddresses.Select(Network)]));
        }

        return _snapshot = new Snapshot([.. store.AppKeys().Select(key => (Encoding.ASCII.GetBytes(key.Hash), key.ClientId, key.ValidUntil))], entries, now);
    }

    private static IPNetwork Network(string text) => IPAddress.TryParse(text, out var one)
        ? new IPNetwork(one, one.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
        : IPNetwork.Parse(text);

    private sealed record Snapshot(IReadOnlyList<(byte[] Hash, long ClientId, long? ValidUntil)> Keys, Dictionary<long, ConnectorEntry> Entries, long ReadAt);
}
