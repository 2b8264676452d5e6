using System.Globalization;

namespace ClosedLoop.Mail.Inbound;

/// <summary>
/// The reading side of a Maildir: a mail is complete when it appears in <c>new/</c>, because deliverers write it in <c>tmp/</c> and rename it; the reader renames it to
/// <c>cur/</c> when it is done. No locks.
/// </summary>
/// <param name="folder">The Maildir itself; its three folders are made when they are missing.</param>
/// <param name="maxBytes">Octets of one mail.</param>
public sealed class MaildirReader(string folder, int maxBytes)
{
    /// <summary>Marks what this reader moved, with the day it did: nothing else in <c>cur/</c> is ours to remove, and a rename keeps no time that could be asked for.</summary>
    private const string Mark = ",CL=";

    private readonly string _new = System.IO.Directory.CreateDirectory(Path.Combine(folder, "new")).FullName;
    private readonly string _current = System.IO.Directory.CreateDirectory(Path.Combine(folder, "cur")).FullName;
    private readonly string _temporary = System.IO.Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;

    /// <summary>The part of a name that stays the same while flags change.</summary>
    public static string UniqueOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var flags = name.IndexOf(":2,", StringComparison.Ordinal);
        return flags < 0 ? name : name[..flags];
    }

    /// <summary>Names in <c>new/</c>, oldest first by their time stamp.</summary>
    public IReadOnlyList<string> New() =>
        [.. System.IO.Directory.EnumerateFiles(_new).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    /// <summary>Octets of a mail in <c>new/</c>.</summary>
    public long SizeOf(string name) => new FileInfo(Path.Combine(_new, name)).Length;

    /// <summary>The mail; null when it is larger than the limit.</summary>
    public byte[]? Read(string name)
    {
        using var file = File.OpenRead(Path.Combine(_new, name));
        if (file.Length > maxBytes)
            return null;
        var raw = new byte[file.Length];
        file.ReadExactly(raw);
        return raw;
    }

    /// <summary>Moves a mail to <c>cur/</c>, marked as seen and as ours; <paramref name="at"/> is the day that <see cref="RemoveSeen"/> counts from.</summary>
    public void Seen(string name, DateTimeOffset at) => File.Move(
        Path.Combine(_new, name), Path.Combine(_current, string.Create(CultureInfo.InvariantCulture, $"{UniqueOf(name)}{Mark}{at.UtcDateTime:yyyyMMdd}:2,S")), overwrite: true);

    /// <summary>Deletes from <c>cur/</c> what <see cref="Seen"/> put there on a day before that of <paramref name="before"/>, whatever flags it has got since; the rest is somebody else's.</summary>
    /// <returns>How many mails went.</returns>
    public int RemoveSeen(DateTimeOffset before)
    {
        var removed = 0;
        foreach (var path in System.IO.Directory.EnumerateFiles(_current))
        {
            var unique = UniqueOf(Path.GetFileName(path));
            var mark = unique.LastIndexOf(Mark, StringComparison.Ordinal);
            if (mark < 0 || !DateTime.TryParseExact(unique[(mark + Mark.Length)..], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day >= before.UtcDateTime.Date)
                continue;
            File.Delete(path);
            removed++;
        }

        return removed;
    }

    /// <summary>Delivers a mail as a mail server would: written and flushed in <c>tmp/</c>, then renamed.</summary>
    public void Deliver(string name, ReadOnlySpan<byte> raw)
    {
        var temporary = Path.Combine(_temporary, name);
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(raw);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path.Combine(_new, name));
    }
}
