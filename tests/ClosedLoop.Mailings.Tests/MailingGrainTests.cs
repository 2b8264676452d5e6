using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using static ClosedLoop.Mailings.Tests.MailingFixture;

namespace ClosedLoop.Mailings.Tests;

public sealed class MailingGrainTests : IAsyncLifetime
{
    private MailingFixture _mailings = null!;

    public async Task InitializeAsync() => _mailings = await MailingFixture.StartAsync();

    public async Task DisposeAsync() => await _mailings.DisposeAsync();

    [Fact]
    public async Task A_mailing_is_sent_slice_by_slice_and_finishes_when_the_ledger_has_nobody_open()
    {
        var mailing = await _mailings.MailingAsync(2_300);

        await _mailings.Grain(mailing).StartAsync();
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);

        Assert.Equal(2_300, _mailings.Count(mailing).Sent);
        Assert.Equal([0, 1, 2], _mailings.Sender.Runs.Select(slice => slice.Number).Order());
        Assert.InRange(_mailings.Sender.MostAtOnce, 1, new MailingOptions().ConcurrentBatches);
    }

    [Fact]
    public async Task Starting_twice_sends_once()
    {
        var mailing = await _mailings.MailingAsync(50);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _mailings.Grain(mailing).StartAsync()));
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);
        await _mailings.Grain(mailing).StartAsync();

        Assert.Equal(50, _mailings.Count(mailing).Sent);
        Assert.Equal(MailingState.Finished, _mailings.StateOf(mailing));
    }

    [Fact]
    public async Task A_slice_that_pauses_the_mailing_says_why_and_a_resume_goes_on()
    {
        _mailings.Sender.Pauses = "E404 content that all recipients share cannot be had";
        var mailing = await _mailings.MailingAsync(50);

        await _mailings.Grain(mailing).StartAsync();
        await EventuallyAsync(() => _mailings.Grain(mailing).GetProgressAsync().GetAwaiter().GetResult().Reason is not null);
        Assert.Equal((MailingState.Paused, 50L), (_mailings.StateOf(mailing), _mailings.Count(mailing).Waiting));
        Assert.Equal("E404 content that all recipients share cannot be had", (await _mailings.Grain(mailing).GetProgressAsync()).Reason);

        Assert.True(await _mailings.Grain(mailing).ResumeAsync());
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);
        Assert.Equal(50, _mailings.Count(mailing).Sent);
    }

    [Fact]
    public async Task A_slice_that_breaks_off_is_driven_again()
    {
        _mailings.Sender.Breaks[1] = true;
        var mailing = await _mailings.MailingAsync(1_050);

        await _mailings.Grain(mailing).StartAsync();
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);

        Assert.Equal(1_050, _mailings.Count(mailing).Sent);
        Assert.Equal(2, _mailings.Sender.Runs.Count(slice => slice.Number == 1));
    }

    [Fact]
    public async Task A_deferred_recipient_keeps_the_mailing_open_until_its_time_has_come()
    {
        _mailings.Sender.Defers[3] = 300_000;
        var mailing = await _mailings.MailingAsync(10);

        await _mailings.Grain(mailing).StartAsync();
        await EventuallyAsync(() => _mailings.Count(mailing).Sent == 9);
        Assert.Equal(MailingState.Sending, _mailings.StateOf(mailing));

        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);
        Assert.Equal(10, _mailings.Count(mailing).Sent);
    }

    [Fact]
    public async Task A_paused_mailing_claims_nobody_and_resumes_where_it_stood()
    {
        _mailings.Sender.Gate = new TaskCompletionSource();
        var mailing = await _mailings.MailingAsync(100);
        await _mailings.Grain(mailing).StartAsync();
        await EventuallyAsync(() => _mailings.Count(mailing).Sending == 1);

        Assert.True(await _mailings.Grain(mailing).PauseAsync("lunch"));
        _mailings.Sender.Gate.SetResult();
        await EventuallyAsync(() => _mailings.Count(mailing).Sending == 0);

        Assert.Equal(99, _mailings.Count(mailing).Waiting);
        Assert.Equal(MailingState.Paused, _mailings.StateOf(mailing));
        Assert.Equal("lunch", (await _mailings.Grain(mailing).GetProgressAsync()).Reason);
        Assert.False(await _mailings.Grain(mailing).PauseAsync("again"));

        Assert.True(await _mailings.Grain(mailing).ResumeAsync());
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);
        Assert.Equal(100, _mailings.Count(mailing).Sent);
    }

    [Fact]
    public async Task Cancelling_cancels_whoever_waits_and_lets_the_others_finish()
    {
        _mailings.Sender.Gate = new TaskCompletionSource();
        var mailing = await _mailings.MailingAsync(100);
        await _mailings.Grain(mailing).StartAsync();
        await EventuallyAsync(() => _mailings.Count(mailing).Sending == 1);

        Assert.True(await _mailings.Grain(mailing).CancelAsync("wrong price"));
        _mailings.Sender.Gate.SetResult();
        await EventuallyAsync(() => _mailings.Count(mailing).Open == 0);

        var counts = _mailings.Count(mailing);
        Assert.Equal((1, 99, 100), ((int)counts.Sent, (int)counts.Cancelled, (int)counts.Total));
        Assert.False(await _mailings.Grain(mailing).ResumeAsync());
        Assert.False(await _mailings.Grain(mailing).CancelAsync("twice"));
    }

    [Fact]
    public async Task A_second_copy_of_a_source_waits_for_the_first()
    {
        _mailings.Sender.Gate = new TaskCompletionSource();
        var first = await _mailings.MailingAsync(20);
        var second = await _mailings.MailingAsync(20);
        var other = await _mailings.MailingAsync(20, source: 72);
        foreach (var mailing in new[] { first, second, other }) await _mailings.Grain(mailing).StartAsync();
        await EventuallyAsync(() => _mailings.Count(first).Sending == 1 && _mailings.Count(other).Sending == 1);

        Assert.Equal(MailingState.Queued, _mailings.StateOf(second));
        _mailings.Sender.Gate.SetResult();
        await EventuallyAsync(() => _mailings.StateOf(second) == MailingState.Finished);

        var store = _mailings.Get<MailingStore>();
        Assert.True(store.Find(second.MailingId)!.StartedAt >= store.Find(first.MailingId)!.FinishedAt);
    }

    [Fact]
    public async Task A_mailing_without_frozen_content_is_refused()
    {
        var mailing = await _mailings.Get<MailingStore>().CreateAsync(new NewMailing
        {
            ClientId = 9,
            ClientVersion = 1,
            SourceId = 71,
            SourceVersion = 1,
            FileId = 7,
            Name = "x",
            Accepted = 1,
        });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _mailings.Grain(mailing).StartAsync());
        Assert.Contains("CL4001", error.Message, StringComparison.Ordinal);

        await _mailings.Get<MailingStore>().MoveAsync(mailing.MailingId, MailingState.Prepared, MailingState.Importing);
        error = await Assert.ThrowsAsync<InvalidOperationException>(() => _mailings.Grain(mailing).StartAsync());
        Assert.Contains("CL4002", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("71000000001/17", 71000000001, 17)]
    [InlineData("1/0", 1, 0)]
    public void The_key_of_a_slice_reads_back(string key, long mailing, int number)
    {
        var slice = BatchSlice.Parse(key);

        Assert.Equal((mailing, number, key), (slice.MailingId, slice.Number, slice.Key));
        Assert.Equal(1_000, slice.To - slice.From);
    }
}
