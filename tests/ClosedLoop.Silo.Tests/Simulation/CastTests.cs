using ClosedLoop.Silo.Simulation;

namespace ClosedLoop.Silo.Tests.Simulation;

public sealed class CastTests
{
    private const int People = 20_000;
    private static readonly Scenario Everyday = new() { OverSeconds = 10 };

    [Fact]
    public void The_same_seed_gives_the_same_people_and_another_seed_others()
    {
        var (one, again, other) = (new Cast(Everyday), new Cast(Everyday), new Cast(Everyday with { Seed = 2 }));
        var differing = 0;
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal((one.FateOf(i), string.Join(',', one.DeedsOf(i))), (again.FateOf(i), string.Join(',', again.DeedsOf(i))));
            if (!one.DeedsOf(i).SequenceEqual(other.DeedsOf(i))) differing++;
        }

        Assert.InRange(differing, 50, 500);
    }

    [Fact]
    public void Shares_are_those_of_the_scenario()
    {
        var cast = new Cast(Everyday);
        double Percent(Func<int, bool> which, int of = People) => 100.0 * Enumerable.Range(0, People).Count(which) / of;
        var delivered = Enumerable.Range(0, People).Count(index => cast.FateOf(index) == Fate.Delivered);
        var opened = Enumerable.Range(0, People).Count(index => cast.DeedsOf(index).Any(deed => deed.What == Deed.Open));

        Assert.InRange(Percent(index => cast.FateOf(index) == Fate.Refused), Everyday.RefusedPercent - 0.3, Everyday.RefusedPercent + 0.3);
        Assert.InRange(100.0 * opened / delivered, Everyday.OpenPercent - 1.5, Everyday.OpenPercent + 1.5);
        Assert.InRange(Percent(index => cast.DeedsOf(index).Any(deed => deed.What == Deed.Click), opened), Everyday.ClickPercent - 2, Everyday.ClickPercent + 2);
        Assert.InRange(Percent(index => cast.DeedsOf(index).Any(deed => deed.What == Deed.ScannerClick), delivered), Everyday.ScannerPercent - 1, Everyday.ScannerPercent + 1);
    }

    [Fact]
    public void Who_got_no_message_does_nothing_and_machines_are_faster_than_people()
    {
        var cast = new Cast(Everyday with { OpenPercent = 100, ScannerPercent = 100, ProxyPercent = 100 });
        for (var i = 0; i < 2_000; i++)
        {
            var deeds = cast.DeedsOf(i);
            if (cast.FateOf(i) is Fate.Rejected or Fate.Refused or Fate.Full) Assert.Empty(deeds);
            if (cast.FateOf(i) != Fate.Delivered) continue;
            Assert.True(deeds.Where(deed => deed.What == Deed.ScannerClick).Max(deed => deed.After) < deeds.Where(deed => deed.What == Deed.Open).Min(deed => deed.After) || deeds.First(deed => deed.What == Deed.Open).After < TimeSpan.FromSeconds(20));
            Assert.All(deeds, deed => Assert.InRange(deed.After, TimeSpan.Zero, TimeSpan.FromDays(2)));
            Assert.All(deeds, deed => Assert.InRange(cast.Pressed(deed.After), TimeSpan.Zero, TimeSpan.FromSeconds(10)));
            Assert.Equal(deeds.OrderBy(deed => cast.Pressed(deed.After)), deeds);
            Assert.Equal(deeds.OrderBy(deed => deed.After), deeds);
        }
    }
}
