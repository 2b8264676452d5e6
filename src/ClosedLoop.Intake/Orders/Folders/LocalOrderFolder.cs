using ClosedLoop.Data.Files;
using ClosedLoop.Intake.Orders.Lists;
using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Orders.Folders;

/// <summary>A folder of orders on this machine's own disk.</summary>
internal sealed class LocalOrderFolder : IOrderFolder
{
    private readonly string _root;

    /// <summary>Creates the folder when it is missing.</summary>
    public LocalOrderFolder(string root) => _root = Directory.CreateDirectory(root).FullName;

    public string Host => "local";

    public Task<IReadOnlyList<ZoneEntry>> ListAsync(CancellationToken cancellation = default)
    {
        var entries = new List<ZoneEntry>();
        foreach (var file in new DirectoryInfo(_root).EnumerateFiles())
        {
            if (IsPlain(file)) entries.Add(new ZoneEntry(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero)));
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return Task.FromResult<IReadOnlyList<ZoneEntry>>(entries);
    }

    public async Task<bool> CopyAsync(string name, string path, long maxBytes, CancellationToken cancellation = default)
    {
        var file = new FileInfo(PathOf(name));
        if (!IsPlain(file)) return false;
        if (file.Length > maxBytes) throw new ListFaultException(FormattableString.Invariant($"the file has {file.Length} bytes; at most {maxBytes}"));

        // A pipe has no length and would wait for a writer: an empty file is copied without being opened.
        await using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        if (file.Length > 0)
        {
            await using var source = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await BoundedCopy.RunAsync(source, target, maxBytes, cancellation);
        }

        target.Flush(flushToDisk: true);
        return true;
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellation = default)
    {
        var path = PathOf(name);
        var existed = File.Exists(path);
        File.Delete(path);
        return Task.FromResult(existed);
    }

    public Task PutAsync(string name, byte[] content, CancellationToken cancellation = default)
    {
        AtomicFile.Write(PathOf(name), stream => stream.Write(content));
        return Task.CompletedTask;
    }

    public Task MoveAsync(string name, string folder, string newName, CancellationToken cancellation = default)
    {
        var source = PathOf(name);
        var target = Path.Combine(Directory.CreateDirectory(PathOf(folder)).FullName, PlainName.Is(newName) ? newName : throw Refused(nameof(newName)));
        if (File.Exists(source)) File.Move(source, target, overwrite: true);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListBelowAsync(string folder, CancellationToken cancellation = default)
    {
        var below = new DirectoryInfo(PathOf(folder));
        return Task.FromResult<IReadOnlyList<string>>(below is { Exists: true, LinkTarget: null } ? [.. below.EnumerateFiles().Where(IsPlain).Select(file => file.Name)] : []);
    }

    public Task DeleteBelowAsync(string folder, string name, CancellationToken cancellation = default)
    {
        File.Delete(Path.Combine(PathOf(folder), PlainName.Is(name) ? name : throw Refused(nameof(name))));
        return Task.CompletedTask;
    }

    /// <summary>No folder, and no link: that could point at any file the service may read.</summary>
    private static bool IsPlain(FileInfo file)
    {
        try
        {
            return file.Exists && file.LinkTarget is null && (file.Attributes & FileAttributes.Directory) == 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static ArgumentException Refused(string parameter) => new("The name is no plain file name; folders and parent references are refused.", parameter);

    private string PathOf(string name) => PlainName.Is(name) ? Path.Combine(_root, name) : throw Refused(nameof(name));
}
