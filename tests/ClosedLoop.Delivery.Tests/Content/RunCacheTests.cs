using ClosedLoop.Delivery.Content;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Tests.Content;

public sealed class RunCacheTests
{
    private static Task<RunItem> Item(int characters) => Task.FromResult(new RunItem { Text = new FrozenContent { Url = "", Sha256 = "", Text = new string('x', characters) } });

    private static async Task<int> LoadsAsync(RunCache cache, string url, int characters = 100)
    {
        var loads = 0;
        await cache.GetAsync(FieldContent.RefText, url, () =>
        {
            loads++;
            return Item(characters);
        });
        return loads;
    }

    private static async Task<List<int>> AllAsync(RunCache cache, params IReadOnlyList<string> urls)
    {
        var loads = new List<int>();
        foreach (var url in urls) loads.Add(await LoadsAsync(cache, url, url == "large" ? 10_000 : 100));
        return loads;
    }

    [Fact]
    public async Task What_was_not_wanted_for_longest_goes_when_bytes_are_over()
    {
        // Each item counts 3 × 100 + 512.
        var cache = new RunCache(maxBytes: 2 * 812, maxEntries: 100);
        Assert.Equal([1, 1, 0], await AllAsync(cache, "a", "b", "a"));
        Assert.Equal(1, await LoadsAsync(cache, "c"));
        Assert.Equal(2 * 812, cache.Bytes);
        Assert.Equal([0, 1], await AllAsync(cache, "a", "b"));
    }

    [Fact]
    public async Task Entries_are_bounded_in_number_and_a_large_one_is_given_but_not_kept()
    {
        var cache = new RunCache(maxBytes: 10_000, maxEntries: 2);
        await AllAsync(cache, "a", "b", "c");
        Assert.Equal([0, 0, 1], await AllAsync(cache, "c", "b", "a"));
        Assert.Equal([1, 1], await AllAsync(cache, "large", "large"));
        Assert.InRange(cache.Bytes, 0, 10_000);
    }

    [Fact]
    public async Task A_failure_is_an_answer_and_an_accident_is_none()
    {
        var cache = new RunCache(maxBytes: 10_000, maxEntries: 10);
        var asked = 0;
        Task<RunItem> Fail(Exception e)
        {
            asked++;
            return Task.FromException<RunItem>(e);
        }

        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<ContentException>(() => cache.GetAsync(FieldContent.RefText, "a", () => Fail(new ContentException(ContentFault.Status, "404", "200"))));
        Assert.Equal(1, asked);
        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<IOException>(() => cache.GetAsync(FieldContent.RefText, "b", () => Fail(new IOException())));
        Assert.Equal(3, asked);
    }
}
