namespace ClosedLoop.Silo.Privacy;

/// <summary>
/// Takes the records of one person out of a text file with quotes, whatever else it holds: a record ends at a line end outside quotes. Letters A to Z are the same in either case.
/// </summary>
internal static class RecordSplitter
{
    /// <summary>Replaces each record that has the address by one that says so.</summary>
    /// <returns>The new text and how many records went; null when none has it.</returns>
    public static (byte[] Text, int Records)? Without(ReadOnlySpan<byte> text, ReadOnlySpan<byte> address)
    {
        if (!Holds(text, address)) return null;
        using var output = new MemoryStream(text.Length);
        var removed = 0;
        while (!text.IsEmpty)
        {
            var record = text[..EndOf(text)];
            if (Holds(record, address))
            {
                output.Write("\"erased\"\n"u8);
                removed++;
            }
            else
            {
                output.Write(record);
            }

            text = text[record.Length..];
        }

        return (output.ToArray(), removed);
    }

    /// <summary>Whether a text has an address that is not part of a longer one.</summary>
    public static bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> address)
    {
        if (address.IsEmpty) return false;
        var (lower, upper) = (Lower(address[0]), Upper(address[0]));
        for (var at = 0; at + address.Length <= text.Length;)
        {
            var found = text[at..].IndexOfAny(lower, upper);
            if (found < 0) return false;
            at += found;
            if (at + address.Length > text.Length) return false;
            if (System.Text.Ascii.EqualsIgnoreCase(text.Slice(at, address.Length), address)
                && (at == 0 || !(BelongsToAddress(text[at - 1]) || text[at - 1] == (byte)'.'))
                && !GoesOn(text[(at + address.Length)..])) return true;
            at++;
        }

        return false;
    }

    private static int EndOf(ReadOnlySpan<byte> text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'"') quoted = !quoted;
            else if (text[i] == (byte)'\n' && !quoted) return i + 1;
        }

        return text.Length;
    }

    /// <summary>A dot ends a sentence or goes on with a domain; what comes after it tells.</summary>
    private static bool GoesOn(ReadOnlySpan<byte> rest) => !rest.IsEmpty && (BelongsToAddress(rest[0]) || (rest[0] == (byte)'.' && rest.Length > 1 && BelongsToAddress(rest[1])));

    private static bool BelongsToAddress(byte octet) => char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_' or (byte)'+' or (byte)'@';

    private static byte Lower(byte octet) => char.IsAsciiLetterUpper((char)octet) ? (byte)(octet | 0x20) : octet;

    private static byte Upper(byte octet) => char.IsAsciiLetterLower((char)octet) ? (byte)(octet & ~0x20) : octet;
}
