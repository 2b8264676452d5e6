using System.Text;
using ClosedLoop.Intake.Subscribers;
using CsvHelper;
using Xunit.Abstractions;

namespace ClosedLoop.Intake.Tests.Subscribers;

/// <summary>Builds text and expected cells together, and lets CsvHelper judge the same text as an independent reader.</summary>
public sealed class Fuzz_against_expected_cells(ITestOutputHelper output)
{
    private static readonly string[] Pieces = ["a", "Ä", "\u20AC", "\U0001F600", ";", "\"", "\n", "\r\n", "\r", "\t", " ", "long text of more than thirty-two bytes in one piece", "\uFEFF"];

    [Fact]
    public void Cells_lines_and_records_are_read_as_they_were_built()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 300; round++) Round(random, seed, round);
    }

    private static void Round(Random random, int seed, int round)
    {
        var columns = random.Next(2, 9);
        var expected = new List<(long Line, string?[] Cells)>();
        var text = new StringBuilder();
        var line = 1L;
        var records = random.Next(1, 60);
        for (var r = 0; r < records; r++)
        {
            var start = text.Length;
            var cells = new string?[columns];
            for (var c = 0; c < columns; c++)
            {
                if (c > 0) text.Append(';');
                cells[c] = AppendCell(text, random);
            }

            // An empty last record of a file would be no record but the end of it.
            expected.Add((line, cells));
            if (r < records - 1 || random.Next(2) == 0) text.Append(random.Next(3) == 0 ? "\r\n" : "\n");
            for (var i = start; i < text.Length; i++)
            {
                if (text[i] == '\n') line++;
            }
        }

        if (text[0] == '\uFEFF') return;
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        Compare(bytes, columns, expected, random, $"seed {seed}, round {round}");
        CompareWithCsvHelper(bytes, expected, $"seed {seed}, round {round}");
    }

    private static string? AppendCell(StringBuilder text, Random random)
    {
        if (random.Next(6) == 0) return null;
        var cell = new StringBuilder();
        for (var n = random.Next(0, 5); n > 0; n--) cell.Append(Pieces[random.Next(Pieces.Length)]);
        var value = cell.ToString();
        var quoted = value.Length == 0 || random.Next(3) == 0 || value.AsSpan().IndexOfAny(";\"\r\n") >= 0;
        if (quoted) text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else text.Append(value);
        return value;
    }

    private static void Compare(byte[] bytes, int columns, List<(long Line, string?[] Cells)> expected, Random random, string where)
    {
        var problems = new ProblemList();
        using var stream = new TricklingStream(bytes, random);
        using var reader = new SubscribersReader(stream, columns, new(long.MaxValue, 1 << 20), acceptCrLf: true, problems);
        foreach (var (line, cells) in expected)
        {
            Assert.True(reader.Read(), where);
            Assert.Equal(columns, reader.FieldCount);
            Assert.Equal(line, reader.Line);
            for (var c = 0; c < columns; c++)
            {
                Assert.True(cells[c] is null == reader.IsNull(c), where);
                Assert.Equal(cells[c] ?? "", Encoding.UTF8.GetString(reader.Field(c)));
            }
        }

        Assert.False(reader.Read(), where);
        Assert.Equal(0, problems.ErrorCount);
        Assert.Equal(bytes.Length, reader.BytesRead);
    }

    private static void CompareWithCsvHelper(byte[] bytes, List<(long Line, string?[] Cells)> expected, string where)
    {
        using var other = CsvReader.Create(bytes, new CsvReaderOptions { Separator = ';', HasHeader = false, TrackLineNumbers = true });
        foreach (var (_, cells) in expected)
        {
            Assert.True(other.Read(), where);
            for (var c = 0; c < cells.Length; c++) Assert.Equal(cells[c] ?? "", other.GetString(c));
        }
    }
}
