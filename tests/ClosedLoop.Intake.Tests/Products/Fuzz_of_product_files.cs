using System.Text;
using ClosedLoop.Data.Products;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Tests.Files;
using ClosedLoop.Intake.Tests.Subscribers;
using ClosedLoop.Model.Products;
using Xunit.Abstractions;
using static ClosedLoop.Intake.Tests.Products.ProductText;

namespace ClosedLoop.Intake.Tests.Products;

/// <summary>Random files: what is in force afterwards is what was built, and damaged bytes never get past the check half.</summary>
public sealed class Fuzz_of_product_files(ITestOutputHelper output)
{
    private static readonly string[] Pieces = ["a", "Ä", "\U0001F600", ";", "\"", "\n", "\r\n", " ", "{{ x }}", "long text of more than thirty-two bytes in one piece"];

    [Fact]
    public async Task Each_of_a_row_of_catalogues_is_in_force_as_it_was_built_and_stays_readable()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var h = await IntakeHarness.CreateAsync(Client());
        var reader = new ProductReader(h.Database);
        var history = new List<Dictionary<string, string>>();
        for (var round = 0; round < 12; round++)
        {
            var (text, expected) = Build(random);
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var validation = ProductCheck.Run(stream, ProductKind.Products, h.Client.Value);
            Assert.Equal(0, validation.Problems.ErrorCount);
            using var trickling = new TricklingStream(stream.ToArray(), random);
            await ProductLoad.RunAsync(h.Products, trickling, ProductKind.Products, h.Client.Value, 1, validation, CancellationToken.None);
            history.Add(expected);
            for (var version = 1; version <= history.Count; version++)
            {
                var rows = reader.All(h.Client.Value.Id, version, ProductKind.Products).ToDictionary(r => r.Id, r => TextOf(r, ProductKind.Products), StringComparer.Ordinal);
                Assert.Equal(history[version - 1].OrderBy(r => r.Key, StringComparer.Ordinal), rows.OrderBy(r => r.Key, StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_read_the_same_twice()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var kinds = Enum.GetValues<ProductKind>();
        for (var round = 0; round < 2000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Build(random).Text);
            for (var n = random.Next(0, 6); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0) bytes = bytes[..random.Next(bytes.Length)];
            var kind = kinds[random.Next(kinds.Length)];
            var validation = Check(bytes, kind);
            if (validation.Failed) continue;
            using var stream = new TricklingStream(bytes, random);
            using var reader = new ProductFileReader(stream, kind, Client(), new());
            var accepted = 0;
            while (reader.Read() is { } row)
            {
                accepted++;
                Assert.True(validation.Keys.Contains(row.Id), $"seed {seed}, round {round}");
                Assert.True(kind == ProductKind.Mapping || ProductIds.IsId(row.Id), $"seed {seed}, round {round}");
            }

            Assert.Equal(validation.Accepted, accepted);
        }
    }

    private static (string Text, Dictionary<string, string> Expected) Build(Random random)
    {
        var columns = ProductColumns.All.Skip(1).OrderBy(_ => random.Next()).Take(random.Next(1, 6)).Append(ProductColumns.Id).OrderBy(_ => random.Next()).ToList();
        var text = new StringBuilder(string.Join(';', columns)).Append('\n');
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var n = random.Next(1, 40); n > 0; n--)
        {
            var id = "P-" + random.Next(30);
            var cells = columns.ToDictionary(column => column, column => column == ProductColumns.Id ? id : Cell(random), StringComparer.Ordinal);
            text.AppendJoin(';', columns.Select(column => random.Next(2) == 0 || cells[column].AsSpan().ContainsAny(";\"\r\n") ? $"\"{cells[column].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cells[column])).Append('\n');
            expected[id] = string.Join('|', ProductColumns.All.Skip(1).Where(column => cells.GetValueOrDefault(column, "").Length > 0).Select(column => $"{column}={cells[column]}"));
        }

        return (text.ToString(), expected);
    }

    private static string Cell(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 4)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
