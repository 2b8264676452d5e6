using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>A zone whose claimed files may not be read, as when the sender's rights forbid it.</summary>
internal sealed class UnreadableZone(IDropZone inner) : IDropZone
{
    public Task<IReadOnlyList<ZoneEntry>> ListAsync(ZoneFolder folder, CancellationToken cancellation = default) => inner.ListAsync(folder, cancellation);

    public Task<ZoneEntry?> ClaimAsync(ZoneFolder folder, string name, CancellationToken cancellation = default) => inner.ClaimAsync(folder, name, cancellation);

    public Task<bool> MoveAsync(ZoneFolder from, string name, ZoneFolder to, string newName, CancellationToken cancellation = default) =>
        inner.MoveAsync(from, name, to, newName, cancellation);

    public Task<bool> ExistsAsync(ZoneFolder folder, string name, CancellationToken cancellation = default) => inner.ExistsAsync(folder, name, cancellation);

    public Task<Stream> OpenAsync(ZoneFolder folder, string name, CancellationToken cancellation = default) =>
        folder == ZoneFolder.Processing ? throw new UnauthorizedAccessException() : inner.OpenAsync(folder, name, cancellation);

    public Task PutAsync(ZoneFolder folder, string name, Action<Stream> write, CancellationToken cancellation = default) =>
        inner.PutAsync(folder, name, write, cancellation);

    public Task DeleteAsync(ZoneFolder folder, string name, CancellationToken cancellation = default) => inner.DeleteAsync(folder, name, cancellation);
}
