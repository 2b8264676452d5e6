namespace ClosedLoop.Model.Tokens;

/// <summary>Base32 of RFC 4648 section 6 without padding: written in lower case, read in any case, one spelling per value otherwise.</summary>
internal static class Base32
{
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var alphabet = "abcdefghijklmnopqrstuvwxyz234567"u8;
        int length = 0, bits = 0, held = 0;
        foreach (var octet in source)
        {
            held = (held << 8) | octet;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                destination[length++] = alphabet[(held >> bits) & 31];
            }
            held &= (1 << bits) - 1;
        }
        if (bits > 0)
            destination[length++] = alphabet[(held << (5 - bits)) & 31];
        return length;
    }

    public static bool TryDecode(ReadOnlySpan<char> source, Span<byte> destination, out int length)
    {
        int bits = 0, held = 0;
        length = 0;
        foreach (var c in source)
        {
            var value = c switch
            {
                >= 'a' and <= 'z' => c - 'a',
                >= 'A' and <= 'Z' => c - 'A',
                >= '2' and <= '7' => c - '2' + 26,
                _ => -1,
            };
            if (value < 0)
                return false;
            held = (held << 5) | value;
            bits += 5;
            if (bits < 8)
                continue;
            if (length == destination.Length)
                return false;
            bits -= 8;
            destination[length++] = (byte)(held >> bits);
            held &= (1 << bits) - 1;
        }

        // Left-over bits that are set, or a whole character of them, would be a second spelling of the same bytes.
        return bits < 5 && held == 0;
    }
}
