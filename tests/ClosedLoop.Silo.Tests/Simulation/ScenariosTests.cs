using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Simulation;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Simulation;

public sealed class ScenariosTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_scenario_that_comes_along_is_within_bounds() => Assert.All(Scenarios.Names, name => Scenarios.Checked(Scenarios.Find(name)));

    [Fact]
    public void A_file_changes_what_it_names_and_has_the_file_s_name()
    {
        var scenario = Scenarios.Find(_folder.Write("spring.json", "{ \"openPercent\": 50, // many\n \"seed\": 9, }"));
        Assert.Equal(new Scenario { Name = "spring", OpenPercent = 50, Seed = 9 }, scenario);
    }

    [Theory]
    [InlineData("{ \"openPercent\": 101 }")]
    [InlineData("{ \"clickPercent\": -0.1 }")]
    [InlineData("{ \"recipients\": 0 }")]
    [InlineData("{ \"recipients\": 1000001 }")]
    [InlineData("{ \"overSeconds\": 172801 }")]
    [InlineData("{ \"refusedPercent\": 60, \"hardBouncePercent\": 60 }")]
    [InlineData("{ \"openPercents\": 10 }")]
    [InlineData("{ ")]
    public void What_cannot_be_is_a_usage_error(string json)
    {
        var error = Assert.Throws<CommandException>(() => Scenarios.Checked(Scenarios.Find(_folder.Write("own.json", json))));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.StartsWith("CL9661", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_a_name_nor_a_file_names_what_there_is()
    {
        var error = Assert.Throws<CommandException>(() => Scenarios.Find("everyda"));
        Assert.Equal(ExitCode.NotFound, error.ExitCode);
        Assert.Contains("everyday, quiet, scanners, trouble", error.Message, StringComparison.Ordinal);
    }
}
