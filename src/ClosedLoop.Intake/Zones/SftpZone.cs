using ClosedLoop.Model.Clients;
using ClosedLoop.Sftp;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Zones;

/// <summary>
/// A zone on an SFTP server. The folders there are the truth, also about what is claimed; a claimed file is copied here once, and read from the copy.
/// </summary>
internal sealed partial class SftpZone : IDropZone
{
    private readonly SftpConnection _connection;
    private readonly ClientDefinition _client;
    private readonly string _transfer;
    private readonly ILogger<SftpZone> _logger;

    /// <param name="connection">To the server.</param>
    /// <param name="client">Whose folders.</param>
    /// <param name="transfer">Folder on this machine for copies and for what is being sent.</param>
    /// <param name="logger">Log.</param>
    public SftpZone(SftpConnection connection, ClientDefinition client, string transfer, ILogger<SftpZone> logger)
    {
        _connection = connection;
        _client = client;
        _transfer = transfer;
        _logger = logger;
        Directory.CreateDirectory(transfer);
    }

    public static SftpOptions OptionsOf(SftpSettings server) => new()
    {
        Host = server.Host ?? "",
        Port = server.Port,
        User = server.User ?? "",
        IdentityFile = server.IdentityFile,
        KnownHostsFile = server.KnownHostsFile ?? "",
        JumpHost = server.JumpHost,
        RequestTimeout = TimeSpan.FromSeconds(server.TimeoutSeconds),
    };

    public Task<IReadOnlyList<ZoneEntry>> ListAsync(ZoneFolder folder, CancellationToken cancellation = default) => _connection.UseAsync(
        async session =>
        {
            SftpListing listing;
            try
            {
                listing = await ListOrMakeAsync(session, PathOf(folder), cancellation);
            }
            catch (SftpException e) when (folder == ZoneFolder.Products && e.Error is SftpError.PermissionDenied or SftpError.Failure)
            {
                // A server from before there were product files, where we may make no folder: it goes on without.
                return [];
            }

            foreach (var name in listing.Refused) LogRefusedName(_client.Key, folder.ToString(), name);
            var entries = new List<ZoneEntry>();
            foreach (var entry in listing.Entries)
            {
                if (Describe(entry.Name, entry.Attributes) is { } file) entries.Add(file);
            }

            entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return (IReadOnlyList<ZoneEntry>)entries;
        }, cancellation);

    public Task<ZoneEntry?> ClaimAsync(ZoneFolder drop, string name, CancellationToken cancellation = default) => _connection.UseAsync(
        async session =>
        {
            var (from, to) = (PathOf(drop, name), PathOf(drop.Claimed(), name));
            if (await session.FindAsync(from, cancellation) is not { } seen || Describe(name, seen) is null) return null;

            // SSH_FXP_RENAME does not replace: of two pollers exactly one gets the name, and an earlier file of it is an error.
            if (!await RenameAsync(session, from, to, cancellation)) return null;

            // Looked at again after the rename: the sender can exchange the name between look and claim, but can write nothing here.
            if (await session.FindAsync(to, cancellation) is { } claimed && Describe(name, claimed) is { } entry) return entry;
            await session.RemoveAsync(to, cancellation);
            return null;
        }, cancellation);

    public async Task<bool> MoveAsync(ZoneFolder from, string name, ZoneFolder to, string newName, CancellationToken cancellation = default)
    {
        var (source, target) = (PathOf(from, name), PathOf(to, newName));
        var moved = await _connection.UseAsync(session => RenameAsync(session, source, target, cancellation), cancellation);
        if (from.IsProcessing()) File.Delete(CopyOf(from, name));
        return moved;
    }

    public Task<bool> ExistsAsync(ZoneFolder folder, string name, CancellationToken cancellation = default) =>
        _connection.UseAsync(async session => await session.FindAsync(PathOf(folder, name), cancellation) is not null, cancellation);

    public async Task<Stream> OpenAsync(ZoneFolder folder, string name, CancellationToken cancellation = default)
    {
        var path = PathOf(folder, name);
        var copy = folder.IsProcessing() ? CopyOf(folder, name) : Path.Combine(_transfer, Guid.NewGuid().ToString("N"));
        await _connection.UseAsync(session => CopyAsync(session, path, copy, cancellation), cancellation);
        return new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0,
            FileOptions.SequentialScan | (folder.IsProcessing() ? FileOptions.None : FileOptions.DeleteOnClose));
    }

    public async Task PutAsync(ZoneFolder folder, string name, Action<Stream> write, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var (path, temporary) = (PathOf(folder, name), PathOf(folder, $".{name}.tmp"));
        var local = Path.Combine(_transfer, Guid.NewGuid().ToString("N"));
        var file = new FileStream(local, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose);
        await using (file)
        {
            write(file);
            await _connection.UseAsync(
                async session =>
                {
                    file.Position = 0;
                    await EnsureFolderAsync(session, PathOf(folder), cancellation);
                    await session.UploadAsync(temporary, file, overwrite: true, cancellation);
                    await ReplaceAsync(session, temporary, path, cancellation);
                    return true;
                }, cancellation);
        }
    }

    public async Task DeleteAsync(ZoneFolder folder, string name, CancellationToken cancellation = default)
    {
        var path = PathOf(folder, name);
        await _connection.UseAsync(
            async session =>
            {
                await RemoveIfThereAsync(session, path, cancellation);
                return true;
            }, cancellation);
        if (folder.IsProcessing()) File.Delete(CopyOf(folder, name));
    }

    private static ZoneEntry? Describe(string name, SftpAttributes attributes) => attributes is { IsFile: true, Size: { } size }
        ? new ZoneEntry(name, size, attributes.ModifiedAt ?? DateTimeOffset.UnixEpoch)
        : null;

    /// <summary>A copy is whole or not there: it is written under another name, compared in size, and renamed.</summary>
    private static async Task<bool> CopyAsync(SftpSession session, string path, string copy, CancellationToken cancellation)
    {
        if (await session.FindAsync(path, cancellation) is not { IsFile: true } file) throw new FileNotFoundException($"{path} is not there, or is no plain file.", path);
        var existing = new FileInfo(copy);
        if (existing.Exists && existing.Length == file.Size && file.ModifiedAt is { } modified && existing.LastWriteTimeUtc == modified.UtcDateTime) return true;
        var partial = copy + ".part";
        await using (var target = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var length = await session.DownloadAsync(path, target, cancellation);
            if (length != file.Size) throw new IOException($"{path} has {file.Size} octets and {length} were read: somebody still writes it.");
            target.Flush(flushToDisk: true);
        }

        // The server's time on the copy tells it from one of an earlier file of the same name and length.
        File.SetLastWriteTimeUtc(partial, (file.ModifiedAt ?? DateTimeOffset.UnixEpoch).UtcDateTime);
        File.Move(partial, copy, overwrite: true);
        return true;
    }

    private static async Task<bool> RenameAsync(SftpSession session, string from, string to, CancellationToken cancellation)
    {
        try
        {
            await session.RenameAsync(from, to, cancellation);
            return true;
        }
        catch (SftpException e) when (e.Error == SftpError.NotFound)
        {
            // Also what a missing target folder is called.
            if (await session.FindAsync(from, cancellation) is null) return false;
            await EnsureFolderAsync(session, to[..to.LastIndexOf('/')], cancellation);
            await session.RenameAsync(from, to, cancellation);
            return true;
        }
    }

    private static async Task ReplaceAsync(SftpSession session, string from, string to, CancellationToken cancellation)
    {
        try
        {
            await session.ReplaceAsync(from, to, cancellation);
        }
        catch (SftpException e) when (e.Error == SftpError.Unsupported)
        {
            await RemoveIfThereAsync(session, to, cancellation);
            await session.RenameAsync(from, to, cancellation);
        }
    }

    private static async Task RemoveIfThereAsync(SftpSession session, string path, CancellationToken cancellation)
    {
        try
        {
            await session.RemoveAsync(path, cancellation);
        }
        catch (SftpException e) when (e.Error == SftpError.NotFound)
        {
            // As it should be.
        }
    }

    private static async Task<SftpListing> ListOrMakeAsync(SftpSession session, string folder, CancellationToken cancellation)
    {
        try
        {
            return await session.ListAsync(folder, cancellation);
        }
        catch (SftpException e) when (e.Error == SftpError.NotFound)
        {
            await EnsureFolderAsync(session, folder, cancellation);
            return await session.ListAsync(folder, cancellation);
        }
    }

    private static async Task EnsureFolderAsync(SftpSession session, string folder, CancellationToken cancellation)
    {
        if (await session.FindAsync(folder, cancellation) is null) await session.MakeFolderAsync(folder, cancellation);
    }

    private string PathOf(ZoneFolder folder) => _client.Sftp.Root.TrimEnd('/') + "/" + _client.Folders.NameOf(folder);

    private string PathOf(ZoneFolder folder, string name) => PlainName.Is(name)
        ? PathOf(folder) + "/" + name
        : throw new ArgumentException("The name is no plain file name; folders and parent references are refused.", nameof(name));

    private string CopyOf(ZoneFolder folder, string name) => Path.Combine(_transfer, (folder.IsTest() ? "test-copy-" : "copy-") + name);
}
