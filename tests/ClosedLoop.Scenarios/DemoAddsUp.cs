using System.Diagnostics;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>The first thing a newcomer runs. Its figures are promised, so nothing else runs beside it.</summary>
[Collection(AloneCollection.Name)]
public sealed class DemoAddsUp
{
    private const double FirstMailSeconds = 10;
    private const double FilesSeconds = 30;
    private const long PeakMemoryBytes = 300L * 1024 * 1024;

    [Fact]
    public async Task It_ends_well_within_the_promised_time_and_memory()
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-scenario-").FullName;
        try
        {
            var clock = Stopwatch.StartNew();
            var demo = (await CommandResult.OfAsync("demo", "--exit", "--json", "--data", Path.Combine(folder, "data"))).Succeeded();
            var wall = clock.Elapsed.TotalSeconds;

            var summary = demo.Json();
            Assert.True(summary.GetProperty("ok").GetBoolean());
            var ledger = summary.GetProperty("ledger");
            var settled = new[] { "sent", "failed", "suppressed", "unknown" }.Sum(state => ledger.GetProperty(state).GetInt64());
            Assert.Equal(summary.GetProperty("records").GetInt64(), settled + summary.GetProperty("rejected").GetArrayLength());
            Assert.All(summary.GetProperty("rejected").EnumerateArray(), row => Assert.True(row.GetProperty("line").GetInt64() > 0));
            Assert.Equal(8, summary.GetProperty("export").GetArrayLength());
            Assert.Equal(8, Directory.EnumerateFiles(Path.Combine(folder, "data", "drop", "demo", "out"), "*.csv").Count());

            var timing = summary.GetProperty("timing");
            Assert.InRange(timing.GetProperty("firstMail").GetDouble(), 0, FirstMailSeconds);
            Assert.InRange(timing.GetProperty("files").GetDouble(), 0, FilesSeconds);
            Assert.InRange(timing.GetProperty("end").GetDouble(), 0, wall);
            Assert.InRange(summary.GetProperty("peakMemoryBytes").GetInt64(), 1, PeakMemoryBytes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
