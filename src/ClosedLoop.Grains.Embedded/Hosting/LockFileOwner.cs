using System.Globalization;
using System.Text;

namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// Ownership by a locked file beside the database. The lock belongs to the open file, so it ends with the process however that ends;
/// who holds it stands in a second file, because the locked one cannot be read by others everywhere.
/// </summary>
/// <param name="path">The file to lock, by custom the database's path with <c>.grains.lock</c> added.</param>
public sealed class LockFileOwner(string path) : IExclusiveOwner
{
    private FileStream? _held;

    /// <summary>Who took the lock last, as in <c>process 17 on host</c>.</summary>
    public static string HolderOf(string path)
    {
        try
        {
            return File.ReadAllText(HolderPath(path), Encoding.UTF8);
        }
        catch (IOException)
        {
            return "an unknown process";
        }
    }

    public Task AcquireAsync(CancellationToken cancellationToken)
    {
        try
        {
            _held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new DatabaseInUseException(
                $"The grains' database is in use: {path} is locked by {HolderOf(path)}. The embedded engine runs in one process per database; for several silos use Engine=Orleans.",
                exception);
        }

        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        File.WriteAllText(HolderPath(path), $"process {process} on {Environment.MachineName}", Encoding.UTF8);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_held is null)
            return;

        // The files stay: removing a lock file that a third process has just opened would give it a lock nobody else sees.
        await _held.DisposeAsync();
        _held = null;
    }

    private static string HolderPath(string path) => path + ".holder";
}
