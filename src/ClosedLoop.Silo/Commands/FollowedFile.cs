using ClosedLoop.Data.Files;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Commands;

/// <summary>A file at its end.</summary>
/// <param name="File">The file.</param>
/// <param name="Counts">Of each of its mailings.</param>
/// <param name="SomeCancelled">One of them was cancelled.</param>
internal sealed record FollowedFile(InboundFile File, IReadOnlyList<LedgerCounts> Counts, bool SomeCancelled)
{
    public long Total => Counts.Sum(count => count.Total);

    /// <summary>Recipients without an outcome.</summary>
    public long Open => Counts.Sum(count => count.Waiting + count.Sending);
}
