using System.Buffers.Binary;
using System.IO.Compression;
using ClosedLoop.Intake.Orders.Xml;

namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>
/// A list in a zip archive (xml-delivery spec sections 2 and 7): exactly one file, not encrypted, read as a stream and never written anywhere, so that its name leads nowhere. The sizes the archive
/// states are not believed: what comes out is counted.
/// </summary>
internal static class ListArchive
{
    private const int EndRecordLength = 22;
    private const int LongestComment = 65_535;

    /// <summary>Whether the first bytes of a file are those of an archive.</summary>
    public static bool Is(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8) || head.StartsWith("PK\x07\x08"u8);

    /// <summary>Opens the only file of an archive.</summary>
    /// <param name="archive">The archive, which can be seeked; owned by the result.</param>
    /// <param name="limits">Bounds.</param>
    /// <exception cref="ListFaultException">It is none of those that are taken.</exception>
    public static Stream Open(Stream archive, OrderLimits limits)
    {
        CheckDirectory(archive, limits);
        ZipArchive zip;
        try
        {
            zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException damage)
        {
            throw new ListFaultException("the zip archive is damaged", damage);
        }

        try
        {
            var files = zip.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToList();
            if (files is not [var file]) throw new ListFaultException(FormattableString.Invariant($"the zip archive holds {files.Count} files; expected exactly one"));
            if (file.IsEncrypted) throw new ListFaultException("the file in the zip archive is encrypted");
            if (LeadsOutside(file.FullName)) throw new ListFaultException("the name in the zip archive is a path that leads elsewhere");
            var limit = Math.Min(limits.MaxListBytes, Math.Min(file.CompressedLength, archive.Length) * limits.MaxZipRatio);
            if (file.Length > limit) throw new ListFaultException(TooLarge(limit));
            return new ArchiveStream(new LimitedStream(file.Open(), limit, TooLarge(limit)), zip, archive);
        }
        catch (InvalidDataException damage)
        {
            zip.Dispose();
            throw new ListFaultException("the zip archive is damaged or compressed in a way that is not read", damage);
        }
        catch
        {
            zip.Dispose();
            throw;
        }

        string TooLarge(long limit) => FormattableString.Invariant($"the list in the zip archive is longer than {limit} bytes or more than {limits.MaxZipRatio} times as long as the archive");
    }

    private static bool LeadsOutside(string name) =>
        name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Contains('\0') || name.Split('/').Contains("..");

    /// <summary>
    /// Looks at the end record before the library does: it reads the whole directory, and an archive can be nothing but directory.
    /// </summary>
    private static void CheckDirectory(Stream archive, OrderLimits limits)
    {
        var length = archive.Length;
        var tail = new byte[(int)Math.Min(length, EndRecordLength + LongestComment)];
        archive.Position = length - tail.Length;
        archive.ReadExactly(tail);
        archive.Position = 0;
        var at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || tail.Length - at < EndRecordLength) throw new ListFaultException("the zip archive has no end: the upload broke off");
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        var end = length - tail.Length + at;
        if (start > end) throw new ListFaultException("the zip archive is damaged, or a ZIP64 archive, which is not read");
        if (end - start > limits.MaxZipDirectoryBytes) throw new ListFaultException(FormattableString.Invariant($"the directory of the zip archive is longer than {limits.MaxZipDirectoryBytes} bytes"));
    }

    /// <summary>The entry's stream, which takes its archive along when it is closed.</summary>
    private sealed class ArchiveStream(Stream entry, ZipArchive zip, Stream archive) : BufferedReadStream(entry)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing) return;
            zip.Dispose();
            archive.Dispose();
        }
    }
}
