using System.Data.Common;

namespace ClosedLoop.Operations.Reading;

/// <summary>Columns that may be NULL.</summary>
internal static class ReaderExtensions
{
    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? Number(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
