using System.Collections.Concurrent;
using ClosedLoop.Mail.Dkim;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Finds the signer of a sender's domain: its own, else that of the nearest domain above it, which DMARC counts as aligned (RFC 7489 section 3.1.1).</summary>
internal sealed class DkimSigners(DeliveryOptions options)
{
    private readonly ConcurrentDictionary<string, DkimSigner?> _found = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when no key is set for the domain or one above it.</summary>
    public DkimSigner? Of(string domain) => options.DkimSigners.Count == 0 ? null : _found.GetOrAdd(domain, Find);

    private DkimSigner? Find(string domain)
    {
        for (var rest = domain; ; rest = rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if (options.DkimSigners.TryGetValue(rest, out var signer)) return signer;
            if (!rest.Contains('.', StringComparison.Ordinal)) return null;
        }
    }
}
