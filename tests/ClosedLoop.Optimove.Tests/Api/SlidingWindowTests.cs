using ClosedLoop.Optimove.Api;

namespace ClosedLoop.Optimove.Tests.Api;

/// <summary>The rate limit of a key.</summary>
public sealed class SlidingWindowTests
{
    [Fact]
    public async Task One_more_than_the_limit_waits_until_the_first_is_old_enough()
    {
        var length = TimeSpan.FromMilliseconds(400);
        var window = new SlidingWindow(length, TimeProvider.System);
        var taken = new List<long>();
        for (var i = 0; i < 13; i++)
        {
            await window.TakeAsync(5, CancellationToken.None);
            taken.Add(TimeProvider.System.GetTimestamp());
        }

        // The place five before it is always a whole stretch older; a later look at the clock can only make the distance of the first one seem shorter.
        for (var i = 5; i < taken.Count; i++) Assert.True(TimeProvider.System.GetElapsedTime(taken[i - 5], taken[i]) > length - TimeSpan.FromMilliseconds(100), $"places {i - 5} and {i}");
    }

    [Fact]
    public async Task A_lower_limit_holds_for_what_was_taken_before()
    {
        var window = new SlidingWindow(TimeSpan.FromMinutes(1), TimeProvider.System);
        for (var i = 0; i < 5; i++) await window.TakeAsync(5, CancellationToken.None);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => window.TakeAsync(3, soon.Token));
    }
}
