namespace ClosedLoop.Intake.Zones;

/// <summary>
/// A place where files are dropped and results are put: a local folder tree, or one behind SFTP. Names are the sender's,
/// so an implementation refuses everything that is not a plain file name, and never follows a link. An <see cref="IOException"/> is about the file; a place that
/// cannot be reached now is a <see cref="ZoneUnavailableException"/>, and everything may be asked again later.
/// </summary>
public interface IDropZone
{
    /// <summary>Plain files of a folder, in ascending order of their names (ordinal).</summary>
    Task<IReadOnlyList<ZoneEntry>> ListAsync(ZoneFolder folder, CancellationToken cancellation = default);

    /// <summary>
    /// Takes a file out of a folder that its sender writes into its processing folder by one rename: the rename is the lock, whoever comes second
    /// finds nothing.
    /// </summary>
    /// <param name="drop">A folder that senders write.</param>
    /// <param name="name">Plain file name.</param>
    /// <param name="cancellation">Ends it before the rename.</param>
    /// <returns>What was claimed, or null when the file is gone or is no plain file.</returns>
    Task<ZoneEntry?> ClaimAsync(ZoneFolder drop, string name, CancellationToken cancellation = default);

    /// <summary>Moves a file between folders; one that is there already is not replaced.</summary>
    /// <returns>False when there is nothing to move.</returns>
    /// <exception cref="IOException">The target name is taken.</exception>
    Task<bool> MoveAsync(ZoneFolder from, string name, ZoneFolder to, string newName, CancellationToken cancellation = default);

    Task<bool> ExistsAsync(ZoneFolder folder, string name, CancellationToken cancellation = default);

    /// <summary>Opens a file that nobody else writes any more.</summary>
    Task<Stream> OpenAsync(ZoneFolder folder, string name, CancellationToken cancellation = default);

    /// <summary>Writes a file that appears whole or not at all, replacing one of the same name.</summary>
    Task PutAsync(ZoneFolder folder, string name, Action<Stream> write, CancellationToken cancellation = default);

    /// <summary>Removes a file; one that is not there is no error.</summary>
    Task DeleteAsync(ZoneFolder folder, string name, CancellationToken cancellation = default);
}
