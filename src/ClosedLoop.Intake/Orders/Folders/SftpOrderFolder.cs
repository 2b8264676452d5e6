using ClosedLoop.Intake.Orders.Lists;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Sftp;

namespace ClosedLoop.Intake.Orders.Folders;

/// <summary>A folder of orders on an SFTP server.</summary>
internal sealed class SftpOrderFolder(SftpConnection connection, string host, string root) : IOrderFolder
{
    public string Host => host;

    public Task<IReadOnlyList<ZoneEntry>> ListAsync(CancellationToken cancellation = default) => connection.UseAsync(
        async session =>
        {
            await EnsureAsync(session, root, cancellation);
            var listing = await session.ListAsync(root, cancellation);
            var entries = new List<ZoneEntry>();
            foreach (var entry in listing.Entries)
            {
                if (entry.Attributes is { IsFile: true, Size: { } size }) entries.Add(new ZoneEntry(entry.Name, size, entry.Attributes.ModifiedAt ?? DateTimeOffset.UnixEpoch));
            }

            entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return (IReadOnlyList<ZoneEntry>)entries;
        }, cancellation);

    public Task<bool> CopyAsync(string name, string path, long maxBytes, CancellationToken cancellation = default) => connection.UseAsync(
        async session =>
        {
            if (await session.FindAsync(PathOf(name), cancellation) is not { IsFile: true } file) return false;
            if (file.Size > maxBytes) throw new ListFaultException(FormattableString.Invariant($"the file has {file.Size} bytes; at most {maxBytes}"));
            await using var source = await session.OpenReadAsync(PathOf(name), cancellation);
            await using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
            await BoundedCopy.RunAsync(source, target, maxBytes, cancellation);
            target.Flush(flushToDisk: true);
            return true;
        }, cancellation);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellation = default) => connection.UseAsync(
        async session =>
        {
            try
            {
                await session.RemoveAsync(PathOf(name), cancellation);
                return true;
            }
            catch (SftpException e) when (e.Error == SftpError.NotFound)
            {
                return false;
            }
        }, cancellation);

    public Task PutAsync(string name, byte[] content, CancellationToken cancellation = default) => connection.UseAsync(
        async session =>
        {
            var (path, temporary) = (PathOf(name), PathOf($".{name}.tmp"));
            await session.UploadAsync(temporary, new MemoryStream(content), overwrite: true, cancellation);
            await ReplaceAsync(session, temporary, path, cancellation);
            return true;
        }, cancellation);

    public Task MoveAsync(string name, string folder, string newName, CancellationToken cancellation = default) => connection.UseAsync(
        async session =>
        {
            var target = PathOf(folder);
            await EnsureAsync(session, target, cancellation);
            if (await session.FindAsync(PathOf(name), cancellation) is null) return false;
            await ReplaceAsync(session, PathOf(name), target + "/" + newName, cancellation);
            return true;
        }, cancellation);

    public Task<IReadOnlyList<string>> ListBelowAsync(string folder, CancellationToken cancellation = default) => connection.UseAsync(
        async session => await session.FindAsync(PathOf(folder), cancellation) is { IsFolder: true }
            ? (IReadOnlyList<string>)[.. (await session.ListAsync(PathOf(folder), cancellation)).Entries.Where(entry => entry.Attributes.IsFile).Select(entry => entry.Name)]
            : [],
        cancellation);

    public Task DeleteBelowAsync(string folder, string name, CancellationToken cancellation = default) => connection.UseAsync(
        async session =>
        {
            try
            {
                await session.RemoveAsync(PathOf(folder) + "/" + (PlainName.Is(name) ? name : throw new ArgumentException("The name is no plain file name.", nameof(name))), cancellation);
                return true;
            }
            catch (SftpException e) when (e.Error == SftpError.NotFound)
            {
                return false;
            }
        }, cancellation);

    private static async Task ReplaceAsync(SftpSession session, string from, string to, CancellationToken cancellation)
    {
        try
        {
            await session.ReplaceAsync(from, to, cancellation);
        }
        catch (SftpException e) when (e.Error == SftpError.Unsupported)
        {
            if (await session.FindAsync(to, cancellation) is not null) await session.RemoveAsync(to, cancellation);
            await session.RenameAsync(from, to, cancellation);
        }
    }

    private static async Task EnsureAsync(SftpSession session, string folder, CancellationToken cancellation)
    {
        if (await session.FindAsync(folder, cancellation) is null) await session.MakeFolderAsync(folder, cancellation);
    }

    private string PathOf(string name) =>
        PlainName.Is(name) ? root + "/" + name : throw new ArgumentException("The name is no plain file name; folders and parent references are refused.", nameof(name));
}
