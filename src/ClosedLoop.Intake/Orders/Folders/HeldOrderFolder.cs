using ClosedLoop.Data.Silos;
using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Orders.Folders;

/// <summary>
/// A folder that is changed only by whoever has the account's orders. A folder knows no transactions, so it is asked at the last moment before each change; what a silo does that is frozen after that is a
/// report written twice, or the removal of what was to be removed anyway.
/// </summary>
internal sealed class HeldOrderFolder(IOrderFolder inner) : IOrderFolder
{
    public string Host => inner.Host;

    public Task<IReadOnlyList<ZoneEntry>> ListAsync(CancellationToken cancellation = default) => inner.ListAsync(cancellation);

    public Task<bool> CopyAsync(string name, string path, long maxBytes, CancellationToken cancellation = default) => inner.CopyAsync(name, path, maxBytes, cancellation);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellation = default)
    {
        WorkHold.Confirm();
        return inner.DeleteAsync(name, cancellation);
    }

    public Task PutAsync(string name, byte[] content, CancellationToken cancellation = default)
    {
        WorkHold.Confirm();
        return inner.PutAsync(name, content, cancellation);
    }

    public Task<IReadOnlyList<string>> ListBelowAsync(string folder, CancellationToken cancellation = default) => inner.ListBelowAsync(folder, cancellation);

    public Task DeleteBelowAsync(string folder, string name, CancellationToken cancellation = default)
    {
        WorkHold.Confirm();
        return inner.DeleteBelowAsync(folder, name, cancellation);
    }

    public Task MoveAsync(string name, string folder, string newName, CancellationToken cancellation = default)
    {
        WorkHold.Confirm();
        return inner.MoveAsync(name, folder, newName, cancellation);
    }
}
