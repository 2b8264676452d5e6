namespace ClosedLoop.Silo.Hosting;

/// <summary>Files that hold secrets.</summary>
internal static class PrivateFile
{
    /// <summary>Creates a file that only the service's own user can read, from its first moment on.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
