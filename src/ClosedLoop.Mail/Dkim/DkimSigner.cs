using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Mail.Dkim;

/// <summary>
/// Writes DKIM-Signature fields (RFC 6376, RFC 8463) with relaxed/relaxed canonicalization, one for each key of the sender's domain; the body is
/// hashed once for all of them. Safe for concurrent use.
/// </summary>
public sealed class DkimSigner
{
    private const int LineLimit = 76;

    private readonly DkimKey[] _keys;
    private readonly DkimSignerOptions _options;
    private readonly byte[][] _names;
    private readonly ConcurrentBag<DkimScratch> _scratch = [];

    /// <summary>Takes the keys as they are; they stay the caller's to dispose.</summary>
    /// <exception cref="MailFormatException">There is no key, or From is not to be signed; code <see cref="MailErrors.Option"/>.</exception>
    public DkimSigner(IEnumerable<DkimKey> keys, DkimSignerOptions? options = null)
    {
        _keys = [.. keys];
        _options = options ?? new DkimSignerOptions();
        if (_keys.Length == 0)
            throw new MailFormatException(MailErrors.Option, "a signer has no key");
        if (!_options.Headers.Contains("From", StringComparer.OrdinalIgnoreCase))
            throw new MailFormatException(MailErrors.Option, "From is not among the signed headers; RFC 6376 section 5.4 requires it");
        _names = [.. _options.Headers.Select(Encoding.ASCII.GetBytes)];
    }

    /// <summary>What it signs with.</summary>
    public IReadOnlyList<DkimKey> Keys => _keys;

    /// <summary>Writes the fields that go before the message; the message itself is not copied.</summary>
    /// <param name="message">Headers and body with CRLF lines, as the composer writes them; in its 7-bit form, or a relay that converts it breaks the signature (RFC 6376 section 5.3).</param>
    /// <param name="at">Time of signing (tag <c>t=</c>).</param>
    /// <param name="output">Receives the fields with their line ends.</param>
    /// <exception cref="MailFormatException">The header block cannot be read.</exception>
    public void Sign(ReadOnlySpan<byte> message, DateTimeOffset at, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!_scratch.TryTake(out var scratch))
            scratch = new DkimScratch();
        scratch.Fields.Clear();
        var body = RelaxedHeader.ReadFields(message, scratch.Fields, _options.MaxFields);
        Span<byte> bodyHash = stackalloc byte[32];
        scratch.Body.Hash(message[body..], bodyHash);
        scratch.Header.ResetWrittenCount();
        foreach (var name in _names)
            WriteInstances(message, name, scratch);
        var headers = scratch.Header.WrittenCount;
        foreach (var key in _keys)
        {
            scratch.Header.ResetWrittenCount();
            scratch.Header.Advance(headers);
            WriteSignature(key, message, at, bodyHash, scratch, output);
        }

        _scratch.Add(scratch);
    }

    /// <summary>Section 5.4.2: instances are taken from the bottom; the one listed beyond them is the null string.</summary>
    private static void WriteInstances(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, DkimScratch scratch)
    {
        for (var i = scratch.Fields.Count - 1; i >= 0; i--)
        {
            var field = scratch.Fields[i];
            if (!IsNamed(message, field, name))
                continue;
            RelaxedHeader.Write(message[field.Start..field.End], field.NameLength, scratch.Header);
            scratch.Header.Write("\r\n"u8);
        }
    }

    private static bool IsNamed(ReadOnlySpan<byte> message, in DkimField field, ReadOnlySpan<byte> name) =>
        field.NameLength == name.Length && Ascii.EqualsIgnoreCase(message.Slice(field.Start, field.NameLength), name);

    private void WriteSignature(DkimKey key, ReadOnlySpan<byte> message, DateTimeOffset at, ReadOnlySpan<byte> bodyHash, DkimScratch scratch, IBufferWriter<byte> output)
    {
        var field = scratch.Field;
        field.ResetWrittenCount();
        WriteTags(field, key, at);
        field.Write(";\r\n h="u8);
        WriteNames(field, message, scratch.Fields);
        field.Write(";\r\n bh="u8);
        WriteBase64(field, bodyHash, fold: false);
        field.Write(";\r\n b="u8);

        // Section 3.7: the field itself is signed last, its b= empty and without its line end.
        RelaxedHeader.Write(field.WrittenSpan, "DKIM-Signature".Length, scratch.Header);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(scratch.Header.WrittenSpan, hash);
        Span<byte> signature = stackalloc byte[key.SignatureSize];
        key.Sign(hash, signature);
        output.Write(field.WrittenSpan);
        WriteBase64(output, signature, fold: true);
        output.Write("\r\n"u8);
    }

    private void WriteTags(ArrayBufferWriter<byte> field, DkimKey key, DateTimeOffset at)
    {
        var algorithm = key.Algorithm == DkimAlgorithm.RsaSha256 ? "rsa-sha256" : "ed25519-sha256";
        var seconds = at.ToUnixTimeSeconds();
        var text = string.Create(CultureInfo.InvariantCulture, $"DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed;\r\n d={key.Domain};\r\n s={key.Selector};\r\n t={seconds}");
        Encoding.ASCII.GetBytes(text, field);
        if (_options.Lifetime is { } lifetime)
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"; x={seconds + (long)lifetime.TotalSeconds}"), field);
    }

    /// <summary>Each name as often as it occurs and once more.</summary>
    private void WriteNames(ArrayBufferWriter<byte> field, ReadOnlySpan<byte> message, List<DkimField> fields)
    {
        var column = 3;
        var first = true;
        foreach (var name in _names)
        {
            var count = 1;
            foreach (var candidate in fields)
                count += IsNamed(message, candidate, name) ? 1 : 0;
            for (; count > 0; count--)
            {
                if (!first)
                    field.Write(":"u8);
                if (!first && column + name.Length + 1 > LineLimit)
                {
                    field.Write("\r\n  "u8);
                    column = 2;
                }

                field.Write(name);
                column += name.Length + 1;
                first = false;
            }
        }
    }

    private static void WriteBase64(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes, bool fold)
    {
        Span<byte> text = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        Base64.EncodeToUtf8(bytes, text, out _, out var length);
        text = text[..length];
        if (!fold)
        {
            output.Write(text);
            return;
        }

        for (var room = LineLimit - 3; text.Length > room; room = LineLimit - 1)
        {
            output.Write(text[..room]);
            output.Write("\r\n "u8);
            text = text[room..];
        }

        output.Write(text);
    }
}
