using ClosedLoop.Responses.Export;
using ClosedLoop.Responses.Export.Csv;
using Xunit.Abstractions;

namespace ClosedLoop.Responses.Tests.Export;

public class SortedRowsTests(ITestOutputHelper output)
{
    private static readonly ExportFormat Format = new(TimeZoneInfo.Utc, Header: false, QuoteAll: false);

    [Theory]
    [InlineData(1 << 24, 1000)]
    [InlineData(4096, 1)]
    [InlineData(4096, 20_000)]
    [InlineData(1, 500)]
    public void Rows_come_by_second_and_within_one_as_they_came_whatever_fits_in_memory(int capacity, int rows)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var expected = new List<(long Second, string Line)>();
        var path = Path.Combine(folder.Path, "out.csv");
        using (var sorted = new SortedRows(Format, path + ".sort", capacity))
        using (var writer = new ExportCsvWriter(path, Format, []))
        {
            for (var i = 0; i < rows; i++)
            {
                // Mostly rising, as mail goes out, with stragglers, and with a row now and then that is longer than all memory.
                var second = 1_772_442_000L + (i / 10) + (random.Next(20) == 0 ? random.Next(3600) : 0);
                var text = random.Next(200) == 0 ? new string('x', random.Next(400_000)) : "row";
                sorted.At((second * 1_000_000) + random.Next(1_000_000));
                sorted.Number(i);
                sorted.Text(text);
                sorted.EndRow();
                expected.Add((second, $"{i};{text}"));
            }

            sorted.WriteTo(writer);
            writer.Finish();
            Assert.Equal(rows, writer.Rows);
            Assert.Equal(capacity < 1 << 24 && rows > 1, sorted.Stretches > 1);
        }

        Assert.Equal(expected.OrderBy(row => row.Second).Select(row => row.Line), File.ReadLines(path));
        Assert.False(File.Exists(path + ".sort"));
    }

    [Fact]
    public void Times_beyond_the_range_of_the_key_come_first_and_last()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "out.csv");
        using var sorted = new SortedRows(Format, path + ".sort");
        using var writer = new ExportCsvWriter(path, Format, []);
        foreach (var (at, text) in new[] { (long.MaxValue, "late"), (5_000_000L, "early"), (-1L, "before") })
        {
            sorted.At(at);
            sorted.Text(text);
            sorted.EndRow();
        }

        sorted.WriteTo(writer);
        writer.Finish();
        Assert.Equal(["before", "early", "late"], File.ReadLines(path));
    }
}
