using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Reports;

/// <summary>Adds to a log file that may be there already: a name can be taken in more than once, and things happen afterwards.</summary>
internal static class LogAppending
{
    /// <param name="zone">The zone.</param>
    /// <param name="fileName">Recipient file whose log it is.</param>
    /// <param name="test">The file came by the test folder.</param>
    /// <param name="lines">What to add.</param>
    public static async Task AppendAsync(IDropZone zone, string fileName, bool test, IReadOnlyList<LogLine> lines)
    {
        var name = LogFile.NameFor(fileName, test);
        using var before = new MemoryStream();
        if (await zone.ExistsAsync(ZoneFolder.Log, name))
        {
            await using var old = await zone.OpenAsync(ZoneFolder.Log, name);
            await old.CopyToAsync(before);
        }

        await zone.PutAsync(ZoneFolder.Log, name, stream =>
        {
            before.WriteTo(stream);
            LogFile.Write(stream, lines);
        });
    }
}
