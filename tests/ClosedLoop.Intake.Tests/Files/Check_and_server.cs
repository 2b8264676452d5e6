using System.Globalization;
using System.Text;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Recipients;
using Xunit.Abstractions;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>The offline check and the server are given the same damaged files and must say the same of them.</summary>
public sealed class Check_and_server(ITestOutputHelper output)
{
    private const int Files = 150;

    private static readonly byte[][] Splinters =
    [
        [.. ";"u8], [.. "\""u8], [.. "\n"u8], [.. "\r"u8], [.. "\r\n"u8], [.. "\n\n"u8], [.. "\"\""u8], [0], [0xFF], [0xC3], [0xEF, 0xBB, 0xBF], [.. "@"u8], [.. ".."u8],
        [.. ";;"u8], [.. "71000000999"u8], [.. "x"u8], [.. "blocked@example.org"u8], [.. "r1@example.org"u8], [.. " "u8], [.. "ä"u8],
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task They_never_disagree(bool recordErrorsFail)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var client = Client with { Import = Client.Import with { StopOnError = false, RecordErrorsFail = recordErrorsFail } };
        await using var h = await IntakeHarness.CreateAsync(client);
        var blocklist = new Blocklist(h.Database, h.Writer);
        await blocklist.AddAsync(ClientId, AddressPattern.TryParse("blocked@example.org")!, "test");
        await blocklist.AddAsync(ClientId, AddressPattern.TryParse("*@closed.example")!, "test");
        var erased = new ErasedPeople(h.Database, h.Writer, () => new ErasureKey(new byte[ErasureKey.Size]));
        await erased.AddAsync(ClientId, "r2@example.org", objected: false);
        var failed = 0;
        for (var i = 0; i < Files; i++)
        {
            var bytes = Damaged(random);
            var name = string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc).AddSeconds(i):yyyyMMddHHmmss}_subscribers.csv");
            await File.WriteAllBytesAsync(h.Path("in", name), bytes);

            // First, because the server moves the file away.
            var check = SubscribersCheck.Run(h.Path("in", name), client, [.. h.Definitions.Sources().Select(source => source.Value)], BlockedAddresses.Of(blocklist, erased, ClientId));
            var file = await h.TakeInAsync(name);

            var where = $"seed {seed}, file {i}: {Encoding.Latin1.GetString(bytes)}";
            if (file.Code == "E103") continue;
            if (check.Failed) failed++;
            Assert.True(check.Failed == (file.State == FileState.FailedImport), $"check failed: {check.Failed}, server: {file.State}; {where}");
            Assert.True(check.Records == file.Records, $"{check.Records} records, server {file.Records}; {where}");
            Assert.Equal(Said(check.Problems.Errors.Concat(check.Problems.Warnings)), Said(h.Register.Problems(file.FileId)));
            if (check.Failed) continue;
            Assert.Equal(
                check.Groups.Where(group => group.Net > 0).Select(group => (group.SourceId, group.WaveId, group.Net)).Order(),
                h.Mailings.OfFile(file.FileId).Select(mailing => (mailing.SourceId, mailing.WaveId, mailing.Accepted)).Order());
        }

        // Both ways must have been gone.
        Assert.InRange(failed, 1, Files - 1);
    }

    /// <summary>What only the server's past can tell is left out.</summary>
    private static IEnumerable<string> Said(IEnumerable<FileProblem> problems) =>
        problems.Where(problem => problem.Code.Code != "W154").Select(problem => $"{problem.Code.Code} {problem.Line}/{problem.Record}/{problem.Column} {problem.Group}: {problem.Message}").Order(StringComparer.Ordinal);

    private static byte[] Damaged(Random random)
    {
        var text = new List<byte>(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(i => random.Next(12) switch
        {
            0 => Row("blocked@example.org"),
            1 => Row($"r{i}@closed.example"),
            2 => $"\"r{i}@example.org\";\"{IntakeHarness.Source}\";;\"O;\"\"Neil\"\"\n\";;Ä;\n",
            3 => Row($"R{i - 1}@example.org"),
            _ => Row($"r{i}@example.org", wave: random.Next(3).ToString(CultureInfo.InvariantCulture)),
        }))));

        // About a third stays whole.
        for (var n = random.Next(4) - 1; n > 0; n--)
        {
            var at = random.Next(text.Count);
            switch (random.Next(4))
            {
                case 0: text.InsertRange(at, Splinters[random.Next(Splinters.Length)]); break;
                case 1: text.RemoveRange(at, Math.Min(random.Next(1, 12), text.Count - at)); break;
                case 2: text[at] = (byte)random.Next(256); break;
                default: text.InsertRange(at, text.Skip(random.Next(text.Count)).Take(random.Next(1, 40)).ToList()); break;
            }

            if (text.Count == 0) break;
        }

        return [.. text];
    }
}
