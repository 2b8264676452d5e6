using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Delivery;

/// <summary>One run over referenced content.</summary>
public interface IContentRun : IDisposable
{
    /// <summary>Everything the mailing declares, by name in ordinal order; empty when it declares nothing.</summary>
    /// <exception cref="ContentException">One of them cannot be had; the message names it.</exception>
    Task<IReadOnlyDictionary<string, FrozenContent>> FetchAsync(SourceMailing source, ContentSettings settings, CancellationToken cancellation = default);

    /// <summary>The attachments of the mailing that stand on other servers, at the places they have among its attachments.</summary>
    /// <exception cref="ContentException">One of them cannot be had; the message names it.</exception>
    Task<IReadOnlyDictionary<int, FetchedFile>> FetchFilesAsync(SourceMailing source, ContentSettings settings, CancellationToken cancellation = default);
}
