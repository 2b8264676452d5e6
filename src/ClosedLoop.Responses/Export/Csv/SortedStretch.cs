using System.Runtime.InteropServices;

namespace ClosedLoop.Responses.Export.Csv;

/// <summary>Sorted rows in a spill file: each with its second and its length before it.</summary>
/// <param name="Start">Offset of the first.</param>
/// <param name="Length">Bytes of all.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SortedStretch(long Start, long Length)
{
    /// <summary>Bytes before each row: second and length, 4 bytes each.</summary>
    public const int Prefix = 8;
}
