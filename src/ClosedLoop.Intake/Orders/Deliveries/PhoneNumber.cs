namespace ClosedLoop.Intake.Orders.Deliveries;

/// <summary>Phone numbers in one form: digits, a leading <c>00</c> read as <c>+</c> (xml-delivery spec section 8).</summary>
internal static class PhoneNumber
{
    /// <summary>Longest number of E.164 in digits.</summary>
    private const int Most = 15;

    /// <returns>Length of the number written; 0 when there is none.</returns>
    public static int Normalise(ReadOnlySpan<byte> value, Span<byte> output)
    {
        Span<byte> digits = stackalloc byte[Most + 2];
        var (count, plus) = (0, false);
        foreach (var c in value)
        {
            if (c == '+' && count == 0) plus = true;
            if (c is < (byte)'0' or > (byte)'9') continue;
            if (count == digits.Length) return 0;
            digits[count++] = c;
        }

        var rest = digits[..count];
        if (!plus && rest.StartsWith("00"u8))
        {
            plus = true;
            rest = rest[2..];
        }

        if (rest.Length is < 3 or > Most) return 0;
        if (plus) output[0] = (byte)'+';
        rest.CopyTo(output[(plus ? 1 : 0)..]);
        return rest.Length + (plus ? 1 : 0);
    }
}
