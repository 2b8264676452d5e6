using System.Collections.Concurrent;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Compiled contents by hash: batches of a mailing, and mailings with equal content, share one.</summary>
internal sealed class CompiledMailings(MailingStore mailings, TrackingTokenCodec tokens, DeliveryOptions options, ProductDataSets products)
{
    /// <summary>Contents kept: many times more than mailings are sent at once.</summary>
    private const int Most = 128;

    private readonly ConcurrentDictionary<string, Lazy<CompiledMailing>> _byHash = new(StringComparer.Ordinal);

    public CompiledMailing Get(string contentHash)
    {
        if (_byHash.Count > Most) _byHash.Clear();
        return _byHash.GetOrAdd(contentHash, hash => new Lazy<CompiledMailing>(
            () => new CompiledMailing(mailings.ReadFrozen(hash), tokens, options.TrackingBase, mailings.ReadFile, products))).Value;
    }
}
