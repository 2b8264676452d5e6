using System.Text.Json;

namespace ClosedLoop.Mail.Sink;

/// <summary>Reads what a sink wrote.</summary>
public static class SinkLedger
{
    /// <summary>All whole lines, in order. A last line without its end was never answered with 250 and is left out. No file is an empty ledger.</summary>
    public static IReadOnlyList<SinkRecord> Read(string path) => ReadFrom(path, 0).Records;

    /// <summary>Whole lines from a place on, and where they end: to go on from later.</summary>
    /// <param name="path">The ledger.</param>
    /// <param name="offset">Where an earlier call ended; a ledger that has become shorter is read from its beginning.</param>
    public static (IReadOnlyList<SinkRecord> Records, long End) ReadFrom(string path, long offset)
    {
        if (!File.Exists(path))
            return ([], 0);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length < offset)
            offset = 0;
        file.Position = offset;
        var bytes = new byte[file.Length - offset];
        var rest = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        var records = new List<SinkRecord>();
        while (rest.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (end > 0)
                records.Add(JsonSerializer.Deserialize(rest[..end], SinkJson.Default.SinkRecord)!);
            rest = rest[(end + 1)..];
            offset += end + 1;
        }

        return (records, offset);
    }

    /// <summary>The first whole line; null when there is none.</summary>
    public static SinkRecord? First(string path)
    {
        if (!File.Exists(path))
            return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadLine() is { Length: > 0 } line && line[^1] == '}' ? JsonSerializer.Deserialize(line, SinkJson.Default.SinkRecord) : null;
    }

    /// <summary>The raw message of a record from the store beside the ledger.</summary>
    /// <exception cref="InvalidOperationException">The sink kept no raw messages.</exception>
    public static byte[] ReadMessage(string ledgerPath, SinkRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.File is null || record.Offset is not { } offset)
            throw new InvalidOperationException($"record {record.N} names no store; expected a sink with StoreMessages on");
        var bytes = new byte[record.Bytes];
        using var store = new FileStream(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(ledgerPath))!, record.File), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        store.Position = offset;
        store.ReadExactly(bytes);
        return bytes;
    }
}
