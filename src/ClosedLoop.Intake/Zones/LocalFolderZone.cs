using ClosedLoop.Data.Files;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Zones;

/// <summary>A zone on this machine's own disk. All folders must lie on one file system, because a claim is one rename.</summary>
public sealed class LocalFolderZone : IDropZone
{
    private readonly Dictionary<ZoneFolder, string> _folders;

    /// <summary>Creates the folders that are missing.</summary>
    /// <param name="root">Account root.</param>
    /// <param name="settings">Names of the folders below it.</param>
    /// <param name="test">Whether there is a test folder.</param>
    public LocalFolderZone(string root, FolderSettings settings, bool test = false)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Root = Path.GetFullPath(root);
        _folders = Enum.GetValues<ZoneFolder>().ToDictionary(folder => folder, folder => Path.Combine(Root, settings.NameOf(folder)));
        foreach (var (folder, path) in _folders)
        {
            if (folder.IsTest() && !test) continue;
            try
            {
                Directory.CreateDirectory(path);
            }
            catch (UnauthorizedAccessException) when (folder == ZoneFolder.Products)
            {
                // An account from before there were product files, whose root is not ours to write: it goes on without.
            }
        }
    }

    public string Root { get; }

    public Task<IReadOnlyList<ZoneEntry>> ListAsync(ZoneFolder folder, CancellationToken cancellation = default)
    {
        var entries = new List<ZoneEntry>();
        if (folder == ZoneFolder.Products && !Directory.Exists(_folders[folder])) return Task.FromResult<IReadOnlyList<ZoneEntry>>(entries);
        foreach (var file in new DirectoryInfo(_folders[folder]).EnumerateFiles())
        {
            if (Describe(file) is { } entry) entries.Add(entry);
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return Task.FromResult<IReadOnlyList<ZoneEntry>>(entries);
    }

    public Task<ZoneEntry?> ClaimAsync(ZoneFolder drop, string name, CancellationToken cancellation = default)
    {
        var processing = drop.Claimed();
        var from = PathOf(drop, name);
        var to = PathOf(processing, name);
        try
        {
            if (Describe(new FileInfo(from)) is not { } seen) return Task.FromResult<ZoneEntry?>(null);
            if (seen.Size > 0) Flush(from);
            if (File.Exists(to)) throw new IOException($"{name} cannot be claimed while an earlier file of this name is in {processing}.");

            // rename(2), not link and unlink: of two pollers exactly one finds the name, and no crash leaves the file in both folders.
            File.Move(from, to, overwrite: true);
            AtomicFile.FlushFolder(_folders[processing]);
            AtomicFile.FlushFolder(_folders[drop]);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<ZoneEntry?>(null);
        }

        // Looked at again after the rename: the sender can exchange the name between look and claim, but can write nothing here.
        if (Describe(new FileInfo(to)) is { } claimed) return Task.FromResult<ZoneEntry?>(claimed);
        File.Delete(to);
        return Task.FromResult<ZoneEntry?>(null);
    }

    public Task<bool> MoveAsync(ZoneFolder from, string name, ZoneFolder to, string newName, CancellationToken cancellation = default)
    {
        var source = PathOf(from, name);
        var target = PathOf(to, newName);
        if (!File.Exists(source)) return Task.FromResult(false);
        AtomicFile.Move(source, target);
        return Task.FromResult(true);
    }

    public Task<bool> ExistsAsync(ZoneFolder folder, string name, CancellationToken cancellation = default) =>
        Task.FromResult(File.Exists(PathOf(folder, name)));

    public Task<Stream> OpenAsync(ZoneFolder folder, string name, CancellationToken cancellation = default)
    {
        var path = PathOf(folder, name);
        var file = Describe(new FileInfo(path)) ?? throw new FileNotFoundException($"{folder}/{name} is not there, or is no plain file.", path);

        // A pipe also has no length, and opening one waits for a writer for ever: an empty file is read without being opened.
        Stream stream = file.Size == 0
            ? new MemoryStream([], writable: false)
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        return Task.FromResult(stream);
    }

    public Task PutAsync(ZoneFolder folder, string name, Action<Stream> write, CancellationToken cancellation = default)
    {
        AtomicFile.Write(PathOf(folder, name), write);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(ZoneFolder folder, string name, CancellationToken cancellation = default)
    {
        File.Delete(PathOf(folder, name));
        return Task.CompletedTask;
    }

    private string PathOf(ZoneFolder folder, string name)
    {
        if (!PlainName.Is(name)) throw new ArgumentException("The name is no plain file name; folders and parent references are refused.", nameof(name));
        return Path.Combine(_folders[folder], name);
    }

    /// <summary>Null for what is not there, a folder, or a link: a link could point at any file the service may read.</summary>
    private static ZoneEntry? Describe(FileInfo file)
    {
        try
        {
            return !file.Exists || file.LinkTarget is not null || (file.Attributes & FileAttributes.Directory) != 0
                ? null
                : new ZoneEntry(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    // A claimed file is a promise: its bytes must be on the disk before its new name is.
    private static void Flush(string path)
    {
        try
        {
            // fsync needs no right to write, and the sender's files often give none; only Windows asks for it.
            var access = OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read;
            using var handle = File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
        catch (UnauthorizedAccessException)
        {
            // A file that may not be read is claimed all the same: the intake refuses it with E102, which people get to see.
        }
    }
}
