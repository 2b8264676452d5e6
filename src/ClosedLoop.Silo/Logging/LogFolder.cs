using System.Globalization;

namespace ClosedLoop.Silo.Logging;

/// <summary>The files of the log in one folder: the current one, and older ones named by the time they were closed, so that names sort by age.</summary>
internal sealed class LogFolder(string folder)
{
    private const string Stem = "closedloop";
    private const string Extension = ".jsonl";

    public string Current => Path.Combine(folder, Stem + Extension);

    /// <summary>Closed files, oldest first.</summary>
    public IReadOnlyList<string> Closed() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, Stem + "-*" + Extension).Order(StringComparer.Ordinal)] : [];

    /// <summary>All files, oldest first.</summary>
    public IReadOnlyList<string> All() => File.Exists(Current) ? [.. Closed(), Current] : Closed();

    /// <summary>Opens the current file to write at its end; only the service's own user may read it.</summary>
    public FileStream Open()
    {
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Current, options);
    }

    /// <summary>Gives the current file its name for good and removes the oldest.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="keep">Closed files that stay.</param>
    public void Close(DateTimeOffset now, int keep)
    {
        var last = Closed() is [.., var newest] ? Path.GetFileNameWithoutExtension(newest) : "";
        var name = NameOf(now);

        // Two in one millisecond, or a clock that was set back: the order of the names is the order of the lines.
        for (var later = now; string.CompareOrdinal(name, last) <= 0; name = NameOf(later)) later = Later(last, later);
        File.Move(Current, Path.Combine(folder, name + Extension));
        var closed = Closed();
        foreach (var old in closed.Take(closed.Count - keep)) File.Delete(old);
    }

    private static string NameOf(DateTimeOffset at) => Stem + "-" + at.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);

    private static DateTimeOffset Later(string last, DateTimeOffset otherwise)
    {
        var known = DateTimeOffset.TryParseExact(last[(Stem.Length + 1)..], "yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : otherwise;
        return known.AddMilliseconds(1);
    }
}
