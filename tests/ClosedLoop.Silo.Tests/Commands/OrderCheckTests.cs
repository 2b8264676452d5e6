using System.Text.Json;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary><c>check order.xml</c>: the examples of the guide page give what it says, and the numbers scripts depend on.</summary>
[Collection("console and environment")]
public sealed class OrderCheckTests : IDisposable
{
    private static readonly string Examples = Repository.PathOf("tests", "ClosedLoop.Intake.Tests", "Orders", "Examples");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("order-a.xml")]
    [InlineData("order-b.xml")]
    [InlineData("order-c.xml")]
    public async Task Examples_of_the_guide_are_good_and_read_as_it_says(string name)
    {
        var run = await Cli.RunAsync("check", Path.Combine(Examples, name), "--account", Path.Combine(Examples, "account.json"));
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "xml-delivery.md"));
        Assert.Contains((await File.ReadAllTextAsync(Path.Combine(Examples, name))).TrimEnd(), page, StringComparison.Ordinal);
        var said = run.Out.Replace(Examples + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Split(Environment.NewLine).Where(line => line.Length > 0 && !line.StartsWith("       ", StringComparison.Ordinal));
        Assert.Contains(string.Join('\n', said) + "\n```", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_of_the_guide_is_the_one_of_the_tests() =>
        Assert.Contains((await File.ReadAllTextAsync(Path.Combine(Examples, "account.json"))).TrimEnd(), await File.ReadAllTextAsync(Repository.PathOf("docs", "xml-delivery.md")), StringComparison.Ordinal);

    [Fact]
    public async Task Bad_order_is_6_with_key_place_cause_and_hint()
    {
        var order = _folder.Write("bad.xml", (await File.ReadAllTextAsync(Path.Combine(Examples, "order-a.xml"))).Replace("<retry/>", "<retry>x</retry>", StringComparison.Ordinal));
        var text = await Cli.RunAsync("check", order);
        Assert.Equal(ExitCode.InvalidData, text.ExitCode);
        Assert.Contains("  E-02 line 8 column 9: <retry> holds text; expected an empty tag", text.Out, StringComparison.Ordinal);
        Assert.Contains("likely cause: ", text.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("KEY-0001", text.Out, StringComparison.Ordinal);

        var json = await Cli.RunAsync("check", order, "--json");
        Assert.Equal(ExitCode.InvalidData, json.ExitCode);
        using var document = JsonDocument.Parse(json.Out);
        var problem = document.RootElement.GetProperty("files")[0].GetProperty("problems")[0];
        Assert.Equal(("E-02", 8, 9), (problem.GetProperty("key").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task Account_that_is_missing_is_4_and_one_that_cannot_be_used_is_3()
    {
        var order = Path.Combine(Examples, "order-a.xml");
        var missing = await Cli.RunAsync("check", order, "--account", Path.Combine(_folder.Path, "none.json"));
        Assert.Equal((ExitCode.NotFound, true), (missing.ExitCode, missing.Error.StartsWith("CL2006: ", StringComparison.Ordinal)));
        var bad = await Cli.RunAsync("check", order, "--account", _folder.Write("account.json", "{}"));
        Assert.Equal((ExitCode.Configuration, true), (bad.ExitCode, bad.Error.StartsWith("CL4100: ", StringComparison.Ordinal)));
    }
}
