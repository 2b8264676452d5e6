using System.Runtime.InteropServices;
using System.Text;

namespace ClosedLoop.Data.Files;

/// <summary>
/// Files that appear whole or not at all (closed-loop spec section 3.1): written as <c>.name.tmp</c> in the same folder,
/// flushed, renamed, and the folder flushed too.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file; one of the same name is replaced in one step.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.tmp");
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            write(stream);

            // Before the rename: otherwise the name may reach the disk before the bytes, and a power cut leaves an empty final file.
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        FlushFolder(folder);
    }

    /// <summary>Renames a file without replacing another one, and makes the new name durable.</summary>
    /// <exception cref="IOException">A file of the new name exists.</exception>
    public static void Move(string from, string to)
    {
        File.Move(from, to, overwrite: false);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(from))!);
    }

    /// <summary>
    /// Puts the names in a folder on the disk: POSIX fsync of a file does not speak of its name. Does nothing on Windows,
    /// where the file system journals names.
    /// </summary>
    public static void FlushFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + "\0"), flags: 0);
        if (descriptor < 0) throw Failed(folder, "opened to flush it");
        try
        {
            if (Fsync(descriptor) != 0) throw Failed(folder, "flushed to disk");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder, string what) =>
        new($"The folder {folder} cannot be {what} (errno {Marshal.GetLastPInvokeError()}).");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
