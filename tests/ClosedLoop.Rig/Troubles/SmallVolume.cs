using System.Diagnostics;

namespace ClosedLoop.Rig.Troubles;

/// <summary>A file system of 64 MB in memory, which can be filled up.</summary>
internal sealed class SmallVolume : IDisposable
{
    private const int Megabytes = 64;

    private readonly string _path;

    private SmallVolume(string path, string? fault) => (_path, Fault) = (path, fault);

    /// <summary>Why there is none; null when it is mounted.</summary>
    public string? Fault { get; }

    private string Ballast => Path.Combine(_path, "ballast");

    public static SmallVolume Mount(string path)
    {
        Directory.CreateDirectory(path);
        var error = Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "closedloop-rig", path);
        return new SmallVolume(path, error is null ? null : $"a volume of {Megabytes} MB cannot be mounted: {error}");
    }

    /// <summary>Fills it up but for some octets.</summary>
    public void Fill(long leave)
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (new DriveInfo(_path).AvailableFreeSpace > leave) ballast.Write(block);
        }
        catch (IOException)
        {
            // Full, which is what is wanted; the service writes as well.
        }
    }

    public void Release() => File.Delete(Ballast);

    public void Dispose()
    {
        if (Fault is null) Run("umount", "-l", _path);
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
