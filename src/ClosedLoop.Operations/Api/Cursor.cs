using System.Buffers.Binary;
using Microsoft.AspNetCore.WebUtilities;

namespace ClosedLoop.Operations.Api;

/// <summary>Where a page of a list ends: opaque, because what it is made of may change.</summary>
internal static class Cursor
{
    private const byte Form = 1;

    public static string? Write(long? last)
    {
        if (last is not { } number) return null;
        var bytes = new byte[9];
        bytes[0] = Form;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), number);
        return WebEncoders.Base64UrlEncode(bytes);
    }

    /// <returns><c>false</c> for what no list has given.</returns>
    public static bool TryRead(string? cursor, out long before)
    {
        before = long.MaxValue;
        if (string.IsNullOrEmpty(cursor)) return true;
        try
        {
            var bytes = cursor.Length < 64 ? WebEncoders.Base64UrlDecode(cursor) : [];
            if (bytes.Length != 9 || bytes[0] != Form) return false;
            before = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
