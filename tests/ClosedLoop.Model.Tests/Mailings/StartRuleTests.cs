using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Tests.Mailings;

public class StartRuleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("afterImport", "2026-03-02T09:00:00Z", null, false)]
    [InlineData("afterImportAt 18:00", "2026-03-02T09:00:00Z", "2026-03-02T17:00:00Z", false)]
    [InlineData("afterImportAt 18:00", "2026-03-02T17:00:00Z", "2026-03-02T17:00:00Z", false)]
    [InlineData("afterImportAt 18:00", "2026-03-02T17:00:01Z", "2026-03-03T17:00:00Z", false)]
    [InlineData("afterImportAt 00:10", "2026-03-02T23:05:00Z", "2026-03-02T23:10:00Z", false)]
    [InlineData("at 2026-03-02 18:00", "2026-03-02T09:00:00Z", "2026-03-02T17:00:00Z", false)]
    [InlineData("at 2026-03-02T18:00:30", "2026-03-02T09:00:00Z", "2026-03-02T17:00:30Z", false)]
    [InlineData("at 2026-03-02 18:00+05:00", "2026-03-02T09:00:00Z", "2026-03-02T13:00:00Z", false)]
    [InlineData("at 2026-03-02T18:00:00Z", "2026-03-02T09:00:00Z", "2026-03-02T18:00:00Z", false)]
    [InlineData("at 2026-03-02 18:00", "2026-03-02T17:00:00Z", null, true)]
    [InlineData("at 2020-01-01 00:00Z", "2026-03-02T17:00:00Z", null, true)]
    public void Says_when_a_mailing_starts(string rule, string now, string? at, bool past) => AssertDecision(rule, now, at, past);

    // On 29 March 2026 the clock jumps from 02:00 to 03:00, on 25 October from 03:00 back to 02:00.
    [Theory]
    [InlineData("afterImportAt 02:30", "2026-03-29T00:10:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("afterImportAt 02:30", "2026-03-29T01:00:01Z", "2026-03-30T00:30:00Z")]
    [InlineData("at 2026-03-29 02:30", "2026-03-28T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("afterImportAt 02:30", "2026-10-25T00:10:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("afterImportAt 02:30", "2026-10-25T00:30:01Z", "2026-10-26T01:30:00Z")]
    [InlineData("at 2026-10-25 02:30", "2026-10-24T00:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("at 2026-10-25 02:30+01:00", "2026-10-24T00:00:00Z", "2026-10-25T01:30:00Z")]
    public void Starts_once_where_the_clock_jumps(string rule, string now, string at) => AssertDecision(rule, now, at, past: false);

    [Theory]
    [InlineData("")]
    [InlineData("afterimport")]
    [InlineData("afterImportAt")]
    [InlineData("afterImportAt 8:00")]
    [InlineData("afterImportAt 24:00")]
    [InlineData("at")]
    [InlineData("at noon")]
    [InlineData("at 2026-02-30 10:00")]
    [InlineData("at 2026-03-02")]
    public void Anything_else_is_no_rule(string rule) => Assert.Null(StartRule.TryParse(rule));

    private static void AssertDecision(string rule, string now, string? at, bool past)
    {
        var (decided, over) = StartRule.TryParse(rule)!.Decide(Moment(now), Berlin);
        Assert.Equal((at is null ? (long?)null : Moment(at), past), (decided, over));
    }

    private static long Moment(string utc) => Instants.ToMicroseconds(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));
}
