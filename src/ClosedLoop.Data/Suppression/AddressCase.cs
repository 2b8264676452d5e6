namespace ClosedLoop.Data.Suppression;

/// <summary>
/// Addresses on lists of people are compared without regard to the case of A to Z, and of nothing else. SQLite's columns do so by themselves (NOCASE); PostgreSQL's hold
/// them folded, so that whoever asks for one folds it, too.
/// </summary>
internal static class AddressCase
{
    public static string Fold(string address) => string.Create(address.Length, address, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
    });

    public static byte Fold(byte octet) => char.IsAsciiLetterUpper((char)octet) ? (byte)(octet | 0x20) : octet;
}
