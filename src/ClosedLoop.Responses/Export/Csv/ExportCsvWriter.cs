using System.Security.Cryptography;

namespace ClosedLoop.Responses.Export.Csv;

/// <summary>Writes one file of the export; rows, bytes and hash are known at the end.</summary>
internal sealed class ExportCsvWriter : CsvRows, IDisposable
{
    private const int FlushAt = 64 * 1024;

    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="path">File to write; an older one is replaced.</param>
    /// <param name="format">Zone, header and quoting.</param>
    /// <param name="columns">Headings.</param>
    public ExportCsvWriter(string path, ExportFormat format, IReadOnlyList<string> columns)
        : base(format, FlushAt + 4096)
    {
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (!format.Header) return;
        foreach (var column in columns) Text(column);
        EndRow();
        Rows = 0;
    }

    /// <summary>Rows without the header.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes handed to the file so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes over rows that were formed elsewhere.</summary>
    /// <param name="rows">Whole rows.</param>
    /// <param name="count">How many.</param>
    public void Append(ReadOnlySpan<byte> rows, long count)
    {
        Rows += count;
        if (Used + rows.Length > FlushAt) Flush();
        if (rows.Length > FlushAt)
        {
            Put(rows);
            return;
        }

        rows.CopyTo(Buffer.AsSpan(Used));
        Used += rows.Length;
    }

    /// <summary>Puts everything on the disk.</summary>
    /// <returns>The hash of the content, lower-case hex.</returns>
    public string Finish()
    {
        Flush();
        _stream.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }

    protected override void RowEnded()
    {
        Rows++;
        if (Used >= FlushAt) Flush();
    }

    private void Flush()
    {
        Put(Buffer.AsSpan(0, Used));
        Used = 0;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _hash.AppendData(bytes);
        Bytes += bytes.Length;
    }
}
