using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Tests.Zones;

public sealed class Final_names
{
    [Theory]
    [InlineData("20260302091000_subscribers.csv")]
    [InlineData("20240229235959_subscribers.csv")]
    [InlineData("20260101000000_subscribers.csv")]
    public void Real_date_time_is_final(string name) => Assert.True(FinalName.IsFinal(name));

    [Theory]
    [InlineData("20230229000000_subscribers.csv")]
    [InlineData("20261301000000_subscribers.csv")]
    [InlineData("20260302240000_subscribers.csv")]
    [InlineData("20260302096000_subscribers.csv")]
    [InlineData("20260302090060_subscribers.csv")]
    [InlineData("2026030209100_subscribers.csv")]
    [InlineData("202603020910000_subscribers.csv")]
    [InlineData("2026030209100\u0660_subscribers.csv")]
    [InlineData("2026-03-02 0910_subscribers.csv")]
    [InlineData("x_subscribers.csv")]
    public void Wrong_prefix_is_a_near_miss(string name)
    {
        Assert.False(FinalName.IsFinal(name));
        Assert.True(FinalName.IsNearMiss(name));
    }

    [Theory]
    [InlineData("20260302091000_Subscribers.csv")]
    [InlineData("20260302091000_subscribers.CSV")]
    [InlineData("20260302091000_subscribers.csv.gz")]
    [InlineData("20260302091000_subscribers.csv.tmp")]
    [InlineData(".20260302091000_subscribers.csv")]
    [InlineData("20260302091000_products.csv")]
    [InlineData("20260302091000_subscribers.csv\n")]
    [InlineData("")]
    public void Everything_else_is_left_alone(string name)
    {
        Assert.False(FinalName.IsFinal(name));
        Assert.False(FinalName.IsNearMiss(name));
    }
}
