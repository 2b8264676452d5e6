using System.Globalization;

namespace ClosedLoop.Responses.Spool;

/// <summary>One segment file and how far it may be read: bytes past <see cref="End"/> were never acknowledged.</summary>
internal sealed class SpoolSegment(string directory, long number, long end)
{
    public const string Extension = ".spool";

    public long Number { get; } = number;

    public string Path { get; } = System.IO.Path.Combine(directory, number.ToString("D16", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Bytes that are durable; guarded by the spool's gate.</summary>
    public long End { get; set; } = end;

    public static bool TryParseNumber(string path, out long number) =>
        long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
