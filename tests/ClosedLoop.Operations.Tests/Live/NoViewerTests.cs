using ClosedLoop.Data;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Live;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Live;

/// <summary>What nobody looks at is not counted: proved by the numbers of queries, figures and comparisons, whatever the machine's speed.</summary>
public sealed class NoViewerTests(ServedHere served) : IClassFixture<ServedHere>
{
    private const int Commits = 50;

    private (long Queries, long Figures, long Looks) Work => (served.Get<Tables>().Queries, served.Get<Figures>().Counted, served.Get<LiveMeter>().Looks);

    [Fact]
    public async Task Without_a_viewer_nothing_is_asked_however_much_happens()
    {
        await NobodyAsync();
        var before = Work;
        await HappenAsync();
        Assert.Equal(before, Work);
    }

    [Fact]
    public async Task An_open_page_that_does_not_look_costs_comparisons_and_no_query()
    {
        await NobodyAsync();
        using var client = await served.SignedInAsync();
        var before = Work;
        using var stopped = new CancellationTokenSource();
        using (var stream = await client.GetStreamAsync(new Uri("/live", UriKind.Relative), stopped.Token).ContinueWith(task => new StreamReader(task.Result), TaskScheduler.Default))
        {
            await HappenAsync();
            string? line;
            while ((line = await stream.ReadLineAsync(stopped.Token)) != "event: changed") Assert.NotNull(line);
            Assert.Equal(1, served.Get<LiveMeter>().Streams);
        }

        Assert.Equal((before.Queries, before.Figures), (Work.Queries, Work.Figures));
        Assert.True(Work.Looks > before.Looks);
        client.Dispose();
        await NobodyAsync();
        var after = Work;
        await HappenAsync();
        Assert.Equal(after, Work);
    }

    [Fact]
    public async Task Who_looks_makes_it_count()
    {
        using var client = await served.SignedInAsync();
        var before = Work;
        using var page = await client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.True(Work.Queries > before.Queries);
        Assert.True(Work.Figures > before.Figures);
    }

    private Task NobodyAsync() => Eventually.ThatAsync("no page is open", () => served.Get<LiveMeter>().Streams == 0);

    /// <summary>Writes, one transaction each, as the sending does.</summary>
    private async Task HappenAsync()
    {
        var (writer, audit) = (served.Get<LedgerWriter>(), served.Get<AuditStore>());
        var before = writer.Commits;
        for (var i = 0; i < Commits; i++) await audit.AddAsync(new AuditEntry { Actor = "test", Origin = "test", Action = "test", Subject = "test/1", Done = true, Answer = "" });
        Assert.True(writer.Commits >= before + Commits);
    }
}
