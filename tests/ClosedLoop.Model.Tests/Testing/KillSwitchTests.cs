using ClosedLoop.Model.Testing;

namespace ClosedLoop.Model.Tests.Testing;

public sealed class KillSwitchTests
{
    [Theory]
    [InlineData("AfterDot", KillPoint.AfterDot, 1)]
    [InlineData("DuringRecord:17", KillPoint.DuringRecord, 17)]
    public void An_order_names_a_point_and_an_occurrence(string text, KillPoint point, int nth) => Assert.Equal((point, nth), KillSwitch.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("6")]
    [InlineData("afterdot")]
    [InlineData("AfterDot:")]
    [InlineData("AfterDot:0")]
    [InlineData("AfterDot:-1")]
    [InlineData("AfterDot:x")]
    [InlineData("AfterDot,ReplyRead")]
    public void What_is_no_order_is_not_taken_for_one(string text) => Assert.Null(KillSwitch.Parse(text));

    [Fact]
    public void A_process_without_the_variable_passes_every_point()
    {
        Assert.Null(KillSwitch.Order);
        Assert.False(KillSwitch.IsMisread);
        Assert.All(Enum.GetValues<KillPoint>(), KillSwitch.Reach);
    }

    [Fact]
    public void The_points_are_numbered_without_gaps() => Assert.Equal(Enumerable.Range(1, Enum.GetValues<KillPoint>().Length), Enum.GetValues<KillPoint>().Select(point => (int)point));
}
