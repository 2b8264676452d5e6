using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// The id columns of a row of <c>OrleansStorage</c>. The table was made for GUID and integer keys too, and a string key that reads as
/// one of them (32 hexadecimal digits, or a hexadecimal number, each with an optional <c>+extension</c>) is stored as that.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OrleansStorageKey(int IdHash, long N0, long N1, int TypeHash, string TypeString, string? ExtensionString)
{
    public static OrleansStorageKey Of(string stateName, GrainId grainId)
    {
        var (n0, n1, extension, hashed) = Split(grainId.Key);

        // The bytes are hashed from last to first.
        Array.Reverse(hashed);
        return new OrleansStorageKey(
            unchecked((int)OrleansHash.Of(hashed)), n0, n1, unchecked((int)OrleansHash.Of(stateName)), stateName, extension);
    }

    private static (long N0, long N1, string? Extension, byte[] Hashed) Split(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        var plus = Array.IndexOf(bytes, (byte)'+');
        var hasGuidLength = bytes.Length == 32 || (bytes.Length > 32 && bytes[32] == '+');
        if (hasGuidLength && Utf8Parser.TryParse(bytes.AsSpan(0, 32), out Guid guid, out var read, 'N') && read == 32)
        {
            var binary = guid.ToByteArray();
            var extension = bytes.Length > 32 ? bytes[33..] : null;
            return (
                BinaryPrimitives.ReadInt64LittleEndian(binary),
                BinaryPrimitives.ReadInt64LittleEndian(binary.AsSpan(8)),
                Text(extension),
                [.. binary, .. extension ?? []]);
        }

        var digits = plus >= 0 ? bytes.AsSpan(0, plus) : bytes;
        if (Utf8Parser.TryParse(digits, out long number, out read, 'X') && read == digits.Length)
        {
            var binary = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(binary, number);
            var extension = plus >= 0 ? bytes[(plus + 1)..] : null;
            return (0, number, Text(extension), [.. binary, .. extension ?? []]);
        }

        return (0, 0, key, bytes);
    }

    private static string? Text(byte[]? extension) => extension is null ? null : Encoding.UTF8.GetString(extension);
}
