using ClosedLoop.Sftp.Protocol;

namespace ClosedLoop.Sftp;

public sealed partial class SftpSession
{
    private const string PosixRename = "posix-rename@openssh.com";

    public async Task<SftpListing> ListAsync(string folder, CancellationToken cancellation = default)
    {
        var path = Checked(folder);
        var handle = await OpenHandleAsync($"list '{path}'", id => new PacketWriter(PacketType.OpenDir).UInt32(id).Text(path).Done(), cancellation).ConfigureAwait(false);
        try
        {
            var entries = new List<SftpEntry>();
            var refused = new List<string>();
            while (await ReadFolderAsync(path, handle, entries, refused, cancellation).ConfigureAwait(false))
            {
                if (entries.Count + refused.Count > _options.MaxEntries)
                    throw new SftpException(SftpError.LimitExceeded, $"list '{path}': more than {_options.MaxEntries} entries. Clear the folder, or raise MaxEntries.");
            }

            return new SftpListing(entries, refused);
        }
        finally
        {
            await LetGoAsync(handle).ConfigureAwait(false);
        }
    }

    public async Task<SftpAttributes?> FindAsync(string path, CancellationToken cancellation = default)
    {
        var checkedPath = Checked(path);
        using var answer = await _pipe.AskAsync(id => new PacketWriter(PacketType.LStat).UInt32(id).Text(checkedPath).Done(), cancellation).ConfigureAwait(false);
        if (answer.Type == PacketType.Status && StatusOf(answer) == StatusCode.NoSuchFile) return null;
        Expect(answer, PacketType.Attributes, $"look at '{path}'");
        return new PacketReader(answer.Body).Attributes();
    }

    public async Task<string> ResolveAsync(string path, CancellationToken cancellation = default)
    {
        var checkedPath = Checked(path);
        using var answer = await _pipe.AskAsync(id => new PacketWriter(PacketType.RealPath).UInt32(id).Text(checkedPath).Done(), cancellation).ConfigureAwait(false);
        Expect(answer, PacketType.Name, $"resolve '{path}'");
        var reader = new PacketReader(answer.Body);
        if (reader.UInt32() != 1) throw new SftpException(SftpError.Protocol, $"resolve '{path}': expected one name.");
        return System.Text.Encoding.UTF8.GetString(reader.Bytes());
    }

    public Task RenameAsync(string from, string to, CancellationToken cancellation = default)
    {
        var (source, target) = (Checked(from), Checked(to));
        return DoAsync($"rename '{source}' to '{target}'", id => new PacketWriter(PacketType.Rename).UInt32(id).Text(source).Text(target).Done(), cancellation);
    }

    public Task ReplaceAsync(string from, string to, CancellationToken cancellation = default)
    {
        var (source, target) = (Checked(from), Checked(to));
        if (!_extensions.ContainsKey(PosixRename))
            throw new SftpException(SftpError.Unsupported, $"rename '{source}' over '{target}': the server does not offer {PosixRename}.");
        return DoAsync($"rename '{source}' over '{target}'", id => new PacketWriter(PacketType.Extended).UInt32(id).Text(PosixRename).Text(source).Text(target).Done(), cancellation);
    }

    public Task RemoveAsync(string path, CancellationToken cancellation = default) => OnPathAsync("remove", PacketType.Remove, path, cancellation);

    public Task RemoveFolderAsync(string path, CancellationToken cancellation = default) => OnPathAsync("remove folder", PacketType.RemoveDir, path, cancellation);

    public Task MakeFolderAsync(string path, CancellationToken cancellation = default)
    {
        var checkedPath = Checked(path);
        return DoAsync($"make folder '{path}'", id => new PacketWriter(PacketType.MakeDir).UInt32(id).Text(checkedPath).UInt32(0).Done(), cancellation);
    }

    private Task OnPathAsync(string what, PacketType type, string path, CancellationToken cancellation)
    {
        var checkedPath = Checked(path);
        return DoAsync($"{what} '{path}'", id => new PacketWriter(type).UInt32(id).Text(checkedPath).Done(), cancellation);
    }

    private async Task<bool> ReadFolderAsync(string path, byte[] handle, List<SftpEntry> entries, List<string> refused, CancellationToken cancellation)
    {
        using var answer = await _pipe.AskAsync(id => new PacketWriter(PacketType.ReadDir).UInt32(id).Bytes(handle).Done(), cancellation).ConfigureAwait(false);
        if (answer.Type == PacketType.Status && StatusOf(answer) == StatusCode.EndOfFile) return false;
        Expect(answer, PacketType.Name, $"list '{path}'");
        var reader = new PacketReader(answer.Body);
        for (var count = reader.UInt32(); count > 0; count--)
        {
            var raw = reader.Bytes();

            // The long name is for people (section 7); it is not read.
            reader.Bytes();
            var attributes = reader.Attributes();
            if (ServerName.Read(raw) is not { } name) refused.Add(ServerName.Escape(raw));
            else if (name is not ("." or "..")) entries.Add(new SftpEntry(name, attributes));
        }

        return true;
    }
}
