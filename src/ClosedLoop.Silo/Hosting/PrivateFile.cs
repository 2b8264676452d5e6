using System.Diagnostics;
using ClosedLoop.Data.Files;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Files that hold secrets.</summary>
internal static class PrivateFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Writes a file unless it is there: of several processes that share the folder one does, and all of them find what that one wrote.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="content">Makes the content, when it is wanted.</param>
    public static void CreateOnce(string path, Func<byte[]> content)
    {
        if (File.Exists(path)) return;
        using var alone = Lock(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ".lock"));
        if (!File.Exists(path)) Write(path, content());
    }

    /// <summary>
    /// Writes a file that only the service's own user can read, from its first moment on. It appears whole, on the disk, or not at all: half
    /// a key would keep the service from starting, and half an address its commands from finding it.
    /// </summary>
    /// <param name="path">Where to; a file that stands there is replaced in one step.</param>
    /// <param name="content">All of it.</param>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.tmp");

        // Left by a crash, perhaps with other rights than a new one gets.
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        AtomicFile.FlushFolder(folder);
    }

    private static FileStream Lock(string path)
    {
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                // Removed when it has done its work: by then the file is there, whoever else has a lock.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(since) < Patience)
            {
                Thread.Sleep(20);
            }
        }
    }
}
