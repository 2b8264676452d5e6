using System.Text;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>
/// Upper and lower case of the letters that have two bytes in UTF-8 and still have two afterwards: most of the Latin, Greek and
/// Cyrillic ones. Asking the framework for each letter goes through ICU and takes ten times as long.
/// </summary>
internal static class CaseTable
{
    private const int First = 0x80;
    private const int End = 0x800;

    private static readonly ushort[] Upper = Build(upper: true);
    private static readonly ushort[] Lower = Build(upper: false);

    /// <summary>False for bytes that are no letter of this kind.</summary>
    public static bool TryMap(byte lead, byte next, bool upper, out int mapped)
    {
        mapped = 0;
        if ((lead & 0xE0) != 0xC0 || (next & 0xC0) != 0x80)
        {
            return false;
        }

        mapped = (upper ? Upper : Lower)[((lead & 0x1F) << 6) | (next & 0x3F)];
        return mapped != 0;
    }

    /// <summary>0 stands where the table does not know.</summary>
    private static ushort[] Build(bool upper)
    {
        var table = new ushort[End];
        Span<byte> bytes = stackalloc byte[8];
        for (var codePoint = First; codePoint < End; codePoint++)
        {
            var length = CaseMapping.Write(new Rune(codePoint), upper, title: false, bytes);
            if (Rune.DecodeFromUtf8(bytes[..length], out var mapped, out var used) == System.Buffers.OperationStatus.Done && used == length && length == 2)
            {
                table[codePoint] = (ushort)mapped.Value;
            }
        }

        return table;
    }
}
