using System.Globalization;
using System.Text.RegularExpressions;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Demo;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Demo;

public sealed class DemoRecipientsTests : IDisposable
{
    private static readonly DateTime Stamp = new(2026, 3, 2, 9, 10, 0, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_arguments_give_the_same_file()
    {
        var first = File.ReadAllBytes(Write("a", 200));
        Assert.Equal(first, File.ReadAllBytes(Write("b", 200)));
        Assert.NotEqual(first, File.ReadAllBytes(Write("c", 200, run: "2")));
    }

    [Fact]
    public void The_file_stands_under_its_final_name_alone()
    {
        var name = Path.GetFileName(Write("a", 20));
        Assert.True(FinalName.IsFinal(name));
        Assert.Equal([name], Directory.EnumerateFiles(Path.Combine(_folder.Path, "a")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(DemoRecipients.Fewest)]
    [InlineData(200)]
    [InlineData(2003)]
    public void Three_rows_are_rejected_and_no_other(int rows)
    {
        var set = DefinitionFolder.Read(DemoContent.WriteTo(new SiloSettings { Data = _folder.Path }));
        var validation = SubscribersCheck.Run(Write("a", rows), set.Clients[0], set.Mailings);
        Assert.False(validation.Failed);
        Assert.Equal((rows, rows - DemoRecipients.Wrong), (validation.Records, validation.Accepted));
        Assert.Equal([(rows - 2, "E202"), (rows - 1, "E201"), (rows, "E204")], validation.Problems.Errors.Select(problem => ((int)problem.Line, problem.Code.Code)));
        Assert.Empty(validation.Problems.Warnings);
    }

    [Fact]
    public void The_address_of_a_row_tells_what_the_sink_does_with_it()
    {
        var addresses = File.ReadLines(Write("a", 1000)).Select(line => line.Split(';')[0]).ToList();
        for (var i = 0; i < 997; i++)
        {
            var expected = DemoRecipients.RoleOf(i) switch { DemoRole.HardBounce => "hard", DemoRole.MailboxFull => "full", _ => "reader" };
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{expected}.{i}.1@example.org"), addresses[i]);
        }

        Assert.Equal(8, addresses.Count(address => Regex.IsMatch(address, "^(hard|full)\\.")));
    }

    private string Write(string name, int rows, string run = "1")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        return Path.Combine(folder, DemoRecipients.Write(folder, rows, Stamp, run));
    }
}
