namespace ClosedLoop.Mail.Inbound;

/// <summary>
/// The reading side of a Maildir: a mail is complete when it appears in <c>new/</c>, because deliverers write it in <c>tmp/</c> and rename it; the reader renames it to
/// <c>cur/</c> when it is done. No locks.
/// </summary>
/// <param name="folder">The Maildir itself; its three folders are made when they are missing.</param>
/// <param name="maxBytes">Octets of one mail.</param>
public sealed class MaildirReader(string folder, int maxBytes)
{
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

    /// <summary>Moves a mail to <c>cur/</c>, marked as seen.</summary>
    public void Seen(string name) => File.Move(Path.Combine(_new, name), Path.Combine(_current, UniqueOf(name) + ":2,S"), overwrite: true);

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
