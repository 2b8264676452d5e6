using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Tests.Zones;

public sealed class Folder_watching
{
    private const string Final = "20260302091000_subscribers.csv";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 10, 0, TimeSpan.Zero);

    [Fact]
    public void Final_name_is_ready_and_temporary_name_is_not()
    {
        var look = new FolderWatch(new()).Look([Entry(Final + ".tmp"), Entry("." + Final), Entry(Final)], Now);
        Assert.Equal(Final, Assert.Single(look.Ready).Name);
        Assert.Empty(look.Problems);
    }

    [Fact]
    public void Near_miss_is_reported_once_while_it_lies_there()
    {
        var watch = new FolderWatch(new());
        Assert.Equal("E101", Assert.Single(watch.Look([Entry("2026_subscribers.csv")], Now).Problems).Problem.Code.Code);
        Assert.Empty(watch.Look([Entry("2026_subscribers.csv")], Now).Problems);
        Assert.Empty(watch.Look([], Now).Problems);
        Assert.Single(watch.Look([Entry("2026_subscribers.csv")], Now).Problems);
    }

    [Fact]
    public void Temporary_file_is_reported_once_when_it_is_stale()
    {
        var watch = new FolderWatch(new ImportSettings { StaleTempHours = 24 });
        Assert.Empty(watch.Look([Entry("x.part")], Now.AddHours(24).AddSeconds(-1)).Problems);
        Assert.Equal("W151", Assert.Single(watch.Look([Entry("x.part")], Now.AddHours(24)).Problems).Problem.Code.Code);
        Assert.Empty(watch.Look([Entry("x.part")], Now.AddHours(25)).Problems);
    }

    [Fact]
    public void File_is_ready_when_it_has_not_changed_for_the_stable_time()
    {
        var watch = new FolderWatch(new ImportSettings { StableSeconds = 10 });
        Assert.Empty(watch.Look([Entry(Final)], Now).Ready);
        Assert.Empty(watch.Look([Entry(Final)], Now.AddSeconds(9)).Ready);
        Assert.Single(watch.Look([Entry(Final)], Now.AddSeconds(10)).Ready);
        var grown = Entry(Final) with { Size = 2 };
        Assert.Equal(1, watch.Look([grown], Now.AddSeconds(11)).Waiting);
        Assert.Empty(watch.Look([grown], Now.AddSeconds(20)).Ready);
        Assert.Single(watch.Look([grown], Now.AddSeconds(21)).Ready);
    }

    private static ZoneEntry Entry(string name) => new(name, 1, Now);
}
