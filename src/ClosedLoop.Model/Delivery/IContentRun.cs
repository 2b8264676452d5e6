using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Delivery;

/// <summary>One run over referenced content.</summary>
public interface IContentRun : IDisposable
{
    /// <summary>Everything the mailing declares, by name in ordinal order; empty when it declares nothing.</summary>
    /// <exception cref="ContentException">One of them cannot be had; the message names it.</exception>
    Task<IReadOnlyDictionary<string, FrozenContent>> FetchAsync(SourceMailing source, ContentSettings settings, CancellationToken cancellation = default);
}
