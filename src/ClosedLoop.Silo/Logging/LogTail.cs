using System.Runtime.CompilerServices;

namespace ClosedLoop.Silo.Logging;

/// <summary>Reads the files of the log from another process, and follows them over the change from one file to the next.</summary>
internal sealed class LogTail(LogFolder folder, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>The newest lines that pass, oldest of them first, and where the reading ended.</summary>
    public (IReadOnlyList<LogLine> Lines, LogPlace End) Last(int count, LogFilter filter)
    {
        while (true)
        {
            var found = Newest(count, filter);
            if (Newer(found.End.LastClosed) is null) return found;
        }
    }

    private (IReadOnlyList<LogLine> Lines, LogPlace End) Newest(int count, LogFilter filter)
    {
        var files = folder.All();
        var place = files is [.., var newest] && newest == folder.Current ? new LogPlace(files.Count > 1 ? files[^2] : "", 0) : new LogPlace(files is [.., var closed] ? closed : "", 0);
        if (files is [.., var last] && last == folder.Current) place = place with { Offset = Read(last, 0).End };
        var found = new List<LogLine>();
        for (var i = files.Count - 1; i >= 0 && found.Count < count; i--)
        {
            var (lines, end) = Read(files[i], 0);
            if (files[i] == folder.Current) place = place with { Offset = end };
            found.InsertRange(0, lines.Where(filter.Lets).TakeLast(count - found.Count));

            // Files are in the order of time: what is older than a file's first line is in those before it.
            if (filter.Since is { } since && lines is [var first, ..] && first.Time < since) break;
        }

        return (found, place);
    }

    /// <summary>Lines from a place on, as they come, until cancelled.</summary>
    public async IAsyncEnumerable<LogLine> FollowAsync(LogPlace place, LogFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            // A file that was closed since is read to its end under its new name before the next is begun.
            var closed = Newer(place.LastClosed);
            var (lines, end) = Read(closed ?? folder.Current, place.Offset);

            // Closed between the two looks: what was read may be another file than the place is about.
            if (closed is null && Newer(place.LastClosed) is not null) continue;
            foreach (var line in lines.Where(filter.Lets)) yield return line;
            place = closed is null ? place with { Offset = end } : new LogPlace(closed, 0);
            if (closed is null && lines.Count == 0) await Task.Delay(Look, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string? Newer(string closed) => folder.Closed().FirstOrDefault(name => string.CompareOrdinal(name, closed) > 0);

    private static (List<LogLine> Lines, long End) Read(string path, long from)
    {
        var lines = new List<LogLine>();
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length < from) return (lines, from);
            file.Position = from;
            var bytes = new byte[file.Length - from];
            var rest = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            while (rest.IndexOf((byte)'\n') is >= 0 and var end)
            {
                if (LogLine.TryParse(rest[..end]) is { } line) lines.Add(line);
                rest = rest[(end + 1)..];
                from += end + 1;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Not there yet, or closed at this very moment: the next look finds it.
        }

        return (lines, from);
    }
}
