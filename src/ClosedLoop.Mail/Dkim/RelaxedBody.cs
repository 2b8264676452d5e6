using System.Security.Cryptography;

namespace ClosedLoop.Mail.Dkim;

/// <summary>
/// The body canonicalization <c>relaxed</c> of RFC 6376 section 3.4.4, hashed block by block: a message of any size needs one small buffer.
/// </summary>
internal sealed class RelaxedBody : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _block = new byte[16384];
    private int _used;

    /// <summary>Writes the SHA-256 of the canonical body, 32 octets.</summary>
    public void Hash(ReadOnlySpan<byte> body, Span<byte> hash)
    {
        var blank = 0;
        while (!body.IsEmpty)
        {
            var end = body.IndexOf("\r\n"u8);
            var line = (end < 0 ? body : body[..end]).TrimEnd(" \t"u8);
            body = end < 0 ? default : body[(end + 2)..];
            if (line.IsEmpty)
            {
                // Empty lines count when a line follows them.
                blank++;
                continue;
            }

            for (; blank > 0; blank--)
                Write("\r\n"u8);
            WriteLine(line);
            Write("\r\n"u8);
        }

        _hash.AppendData(_block.AsSpan(0, _used));
        _used = 0;
        _hash.GetHashAndReset(hash);
    }

    public void Dispose() => _hash.Dispose();

    private void WriteLine(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            // Most lines have neither, and go through whole.
            var tab = line.IndexOf((byte)'\t');
            var pair = (tab < 0 ? line : line[..tab]).IndexOf("  "u8);
            var gap = pair >= 0 ? pair : tab;
            if (gap < 0)
            {
                Write(line);
                return;
            }

            // A single space before the tab belongs to the gap.
            if (gap > 0 && line[gap - 1] == ' ')
                gap--;
            Write(line[..gap]);
            Write(" "u8);
            line = line[gap..].TrimStart(" \t"u8);
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _block.Length - _used)
        {
            _hash.AppendData(_block.AsSpan(0, _used));
            _used = 0;
            if (bytes.Length > _block.Length)
            {
                _hash.AppendData(bytes);
                return;
            }
        }

        bytes.CopyTo(_block.AsSpan(_used));
        _used += bytes.Length;
    }
}
