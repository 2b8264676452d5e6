using ClosedLoop.Delivery.Sending;

namespace ClosedLoop.Delivery.Tests.Sending;

public sealed class RetryScheduleTests
{
    private readonly RetrySchedule _schedule = new(new DeliveryOptions { TrackingBase = new Uri("https://t.example") });

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(4, 40)]
    [InlineData(5, 66)]
    [InlineData(60, 66)]
    public void Pauses_double_from_five_minutes_to_sixty_six(int attempts, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), _schedule.After(attempts, random: 0));

    [Fact]
    public void Recipients_refused_together_are_spread_over_at_least_a_tenth_more()
    {
        var least = _schedule.After(1, random: 0);
        var most = _schedule.After(1, random: 0.999);

        Assert.True(most >= least * 1.1, $"{least} to {most}");
    }
}
