using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Orders;
using ClosedLoop.Intake.Orders.Folders;
using ClosedLoop.Intake.Tests.Files;
using ClosedLoop.Intake.Tests.Subscribers;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Intake.Tests.Zones;

public sealed class Folder_upkeep
{
    private const string Failing = "20260303091000_subscribers.csv";
    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Files_go_when_their_days_are_over_and_not_before()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop(Given.Row("a@example.org"));

        // As an upload that keeps its times: the age counts from when the file came here.
        File.SetLastWriteTimeUtc(h.Path("in", IntakeHarness.Name), DateTime.UtcNow.AddYears(-3));
        Assert.Equal(FileState.Archived, (await h.TakeInAsync()).State);
        Directory.CreateDirectory(h.Path("out"));
        await File.WriteAllTextAsync(h.Path("out", "20260302_clicks.csv"), "x");
        var files = h.Files("archive").Length + h.Files("log").Length + 1;
        var upkeep = Upkeep(h);

        Assert.Equal(0, await upkeep.RunAsync(CancellationToken.None));
        _clock.Now += TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1);
        Assert.Equal(0, await upkeep.RunAsync(CancellationToken.None));
        _clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(files, await upkeep.RunAsync(CancellationToken.None));

        Assert.Empty(h.Files("archive").Concat(h.Files("log")).Concat(h.Files("out")));
    }

    [Fact]
    public async Task What_nobody_has_decided_about_stays_and_so_does_what_waits()
    {
        await using var h = await IntakeHarness.CreateAsync();
        h.Drop("not;the;columns\n", Failing);
        Assert.Equal(FileState.FailedImport, (await h.TakeInAsync(Failing)).State);
        h.Drop(Given.Row("b@example.org"), "20260304091000_subscribers.csv");
        var before = h.Files("error").Concat(h.Files("log")).Concat(h.Files("in")).ToList();

        _clock.Now += TimeSpan.FromDays(400);
        await Upkeep(h).RunAsync(CancellationToken.None);

        Assert.Equal(before, h.Files("error").Concat(h.Files("log")).Concat(h.Files("in")));
        Assert.Contains(Failing, before);
    }

    private FolderUpkeep Upkeep(IntakeHarness h) => new(h.Definitions, h.Register, new OneZone(h.Zone), Orders(h), _clock, NullLogger<FolderUpkeep>.Instance);

    /// <summary>Of a client without an account there is nothing to remove.</summary>
    private OrderFolderUpkeep Orders(IntakeHarness h) => new(new AccountStore(h.Database, h.Writer), new OperationStore(h.Database, h.Writer, _clock), new OrderFolders("", _clock));

    private sealed class OneZone(IDropZone zone) : IDropZones
    {
        public IDropZone Open(ClientDefinition client) => zone;
    }
}
