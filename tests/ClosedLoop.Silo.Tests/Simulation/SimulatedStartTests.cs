using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Simulation;

namespace ClosedLoop.Silo.Tests.Simulation;

public sealed class SimulatedStartTests
{
    [Theory]
    [InlineData(null, "2026-03-02T09:00:00Z")]
    [InlineData("2025-05-06", "2025-05-06T09:00:00Z")]
    [InlineData("2025-05-06T17:30Z", "2025-05-06T17:30:00Z")]
    [InlineData("2025-05-06T17:30:15+02:00", "2025-05-06T15:30:15Z")]
    public void A_date_begins_in_the_morning_and_a_moment_when_it_says(string? text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), SimulatedStart.Of(text, isKept: true));

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2000-12-31")]
    [InlineData("2100-01-01")]
    [InlineData("2025-02-30")]
    public void Anything_else_is_refused(string text) => Assert.Contains("CL9691", Assert.Throws<CommandException>(() => SimulatedStart.Of(text, isKept: false)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_kept_is_not_of_the_future()
    {
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(9, SimulatedStart.Of(tomorrow, isKept: false).Hour);
        Assert.Equal(ExitCode.Refused, Assert.Throws<CommandException>(() => SimulatedStart.Of(tomorrow, isKept: true)).ExitCode);
    }
}
