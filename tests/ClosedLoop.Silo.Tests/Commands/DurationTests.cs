using ClosedLoop.Silo.Commands;

namespace ClosedLoop.Silo.Tests.Commands;

public sealed class DurationTests
{
    [Theory]
    [InlineData("45", 45)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1.5h", 5400)]
    [InlineData("1d", 86_400)]
    public void A_time_out_is_seconds_or_a_number_with_a_unit(string text, int seconds)
    {
        var option = SharedOptions.TimeOut("How long");
        var parsed = new System.CommandLine.RootCommand { option }.Parse(["--timeout", text]);
        Assert.Empty(parsed.Errors);
        Assert.Equal(seconds, parsed.GetValue(option));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("15 m")]
    [InlineData("25h")]
    [InlineData("1e3s")]
    public void Anything_else_is_refused_by_name(string text)
    {
        var parsed = new System.CommandLine.RootCommand { SharedOptions.TimeOut("How long") }.Parse(["--timeout", text]);
        Assert.Contains($"'{text}'", Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_one_it_has_its_own()
    {
        var option = SharedOptions.TimeOut("How long", 900);
        Assert.Equal(900, new System.CommandLine.RootCommand { option }.Parse([]).GetValue(option));
    }
}
