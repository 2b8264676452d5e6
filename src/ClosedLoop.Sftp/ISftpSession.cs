namespace ClosedLoop.Sftp;

/// <summary>
/// A connection to an SFTP server. Calls may run at the same time. After an exception whose error is <see cref="SftpError.ConnectionLost"/>,
/// <see cref="SftpError.TimedOut"/> or <see cref="SftpError.Protocol"/> the session is finished. Paths use <c>/</c>; a relative one starts at the account's home.
/// </summary>
public interface ISftpSession : IAsyncDisposable
{
    /// <summary>Whether calls can still succeed.</summary>
    bool IsOpen { get; }

    /// <exception cref="SftpException">Also <see cref="SftpError.LimitExceeded"/> when the folder has more entries than allowed.</exception>
    Task<SftpListing> ListAsync(string folder, CancellationToken cancellation = default);

    /// <summary>Attributes of a path, not following a link at its end; null when nothing is there.</summary>
    Task<SftpAttributes?> FindAsync(string path, CancellationToken cancellation = default);

    /// <summary>Absolute path without <c>.</c>, <c>..</c> and links.</summary>
    Task<string> ResolveAsync(string path, CancellationToken cancellation = default);

    /// <summary>Opens a file for reading from its begin, read ahead of the caller.</summary>
    Task<Stream> OpenReadAsync(string path, CancellationToken cancellation = default);

    /// <summary>Copies a file to a stream.</summary>
    /// <returns>Octets copied.</returns>
    Task<long> DownloadAsync(string path, Stream target, CancellationToken cancellation = default);

    /// <summary>
    /// Writes a new file and brings it to disk where the server can (<c>fsync@openssh.com</c>). It is not removed when the copy fails: write under a temporary name and rename.
    /// </summary>
    /// <param name="path">Where to.</param>
    /// <param name="source">Read to its end.</param>
    /// <param name="overwrite">Whether a file of that name is replaced; otherwise it is an error.</param>
    /// <param name="cancellation">Ends the copy.</param>
    /// <returns>Octets written.</returns>
    Task<long> UploadAsync(string path, Stream source, bool overwrite = false, CancellationToken cancellation = default);

    /// <summary>Renames; a target that exists is an error (<see cref="SftpError.Failure"/>).</summary>
    Task RenameAsync(string from, string to, CancellationToken cancellation = default);

    /// <summary>Renames and replaces in one step (<c>posix-rename@openssh.com</c>).</summary>
    /// <exception cref="SftpException"><see cref="SftpError.Unsupported"/> when the server does not offer it.</exception>
    Task ReplaceAsync(string from, string to, CancellationToken cancellation = default);

    Task RemoveAsync(string path, CancellationToken cancellation = default);

    Task MakeFolderAsync(string path, CancellationToken cancellation = default);

    Task RemoveFolderAsync(string path, CancellationToken cancellation = default);
}
