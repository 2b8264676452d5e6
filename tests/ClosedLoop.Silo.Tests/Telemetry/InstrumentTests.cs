using System.Text.RegularExpressions;

namespace ClosedLoop.Silo.Tests.Telemetry;

/// <summary>Dashboards and alerts of users hang on these names.</summary>
public sealed partial class InstrumentTests
{
    [Fact]
    public void The_instruments_are_those_that_are_documented()
    {
        string[] expected =
        [
            "closedloop.alarm.active {alarm}", "closedloop.disk.free By", "closedloop.export.duration s", "closedloop.export.rows {row}", "closedloop.file.processed {file}", "closedloop.file.rows {row}",
            "closedloop.lane.holds {hold}", "closedloop.message.delivery.duration s", "closedloop.message.sent {message}", "closedloop.poll.duration s", "closedloop.queue.depth {message}",
            "closedloop.queue.oldest.age s", "closedloop.response.received {response}", "closedloop.sending.held 1", "closedloop.spool.depth By",
        ];
        Assert.Equal(expected, Instruments.All().Select(instrument => $"{instrument.Name} {instrument.Unit}").Order(StringComparer.Ordinal));
        var page = File.ReadAllText(Repository.PathOf("docs", "operating.md"));
        Assert.All(Instruments.All(), instrument => Assert.Contains($"`{instrument.Name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_are_lower_case_dotted_and_say_what_they_are()
    {
        Assert.All(Instruments.All(), instrument =>
        {
            Assert.Matches(Dotted(), instrument.Name);
            Assert.DoesNotContain("total", instrument.Name, StringComparison.Ordinal);
            Assert.NotNull(instrument.Description);
        });
    }

    [GeneratedRegex(@"^[a-z]+(\.[a-z]+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dotted();
}
