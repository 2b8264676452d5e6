using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Reading;

/// <summary>What is too large to be read for a page is sampled, and says so.</summary>
[Collection(ServedCollection.Name)]
public sealed class SampledTests(ServedHere served)
{
    [Fact]
    public async Task Large_files_are_compared_by_a_sample_from_the_index_of_addresses()
    {
        var (before, _) = await Imports.AddAsync(served, "20300501000000_subscribers.csv", People("s", 0, 400));
        var (file, _) = await Imports.AddAsync(served, "20300502000000_subscribers.csv", People("s", 100, 400));
        await Eventually.ThatAsync("index", async () => await served.Get<AddressIndex>().CatchUpAsync() == 0);
        var files = served.Get<FileRegister>();
        var reader = new FileComparisonReader(served.Get<Tables>(), served.Get<FileRowsReader>(), new Figures(TimeProvider.System)) { Whole = 399 };
        FileComparison? found = null;
        await Eventually.ThatAsync("comparison", async () => (found = (await reader.CompareAsync(files.Find(file)!, files.Find(before)!)).Value) is not null);
        Assert.Equal((100L, 100L, 1_000), (found!.New, found.Gone, found.Sampled));
    }

    [Fact]
    public async Task A_large_mailing_is_read_in_stretches_and_its_numbers_are_estimates()
    {
        var (_, mailing) = await Imports.AddAsync(served, "20300503000000_subscribers.csv", People("q", 0, 1_000), MailingState.Paused);
        var reader = new DomainQueueReader(
            served.Get<Tables>(), served.Get<MailingStore>(), served.Get<Data.Clients.DefinitionStore>(), served.Get<Data.Delivery.LaneStore>(), served.Get<Data.Delivery.LaneLimitStore>(), new Figures(TimeProvider.System), TimeProvider.System)
        { Whole = 100 };
        QueueLines? found = null;
        await Eventually.ThatAsync("queues", async () => (found = (await reader.ReadAsync(mailing.ClientId)).Value) is not null);
        Assert.True(found!.IsSampled);
        Assert.Equal(1_000, Assert.Single(found.Lines, line => line.Domain == "q.test").Ready);
        await served.Get<Data.LedgerWriter>().WriteAsync(context => context.Execute("UPDATE mailing SET state = 6 WHERE mailing_id = $1", mailing.MailingId));
    }

    [Fact]
    public async Task A_search_that_looked_at_many_rows_says_how_many()
    {
        var (file, _) = await Imports.AddAsync(served, "20300504000000_subscribers.csv", People("e", 0, 20));
        var search = served.Get<FileRowsReader>().FirstEmpty(file, "firstname", 5);
        Assert.Equal(new EmptySearch(Row: null, Looked: 16, IsWhole: true), search);
    }

    private static List<(string Address, string First)> People(string name, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => (string.Create(CultureInfo.InvariantCulture, $"p{i}@{name}.test"), "P"))];
}
