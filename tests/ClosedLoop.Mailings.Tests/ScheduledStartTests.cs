using ClosedLoop.Data;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using static ClosedLoop.Mailings.Tests.MailingFixture;

namespace ClosedLoop.Mailings.Tests;

public sealed class ScheduledStartTests : IAsyncLifetime
{
    private MailingFixture _mailings = null!;

    public async Task InitializeAsync() => _mailings = await MailingFixture.StartAsync();

    public async Task DisposeAsync() => await _mailings.DisposeAsync();

    [Fact]
    public async Task A_mailing_with_a_time_waits_for_it_and_starts_by_itself()
    {
        var mailing = await ScheduledAsync(TimeSpan.FromMilliseconds(600));
        var due = Row(mailing).StartAt;
        await _mailings.Grain(mailing).StartAsync();
        await _mailings.Grain(mailing).StartAsync();
        Assert.Equal(MailingState.Queued, _mailings.StateOf(mailing));
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);
        Assert.True(Row(mailing).StartedAt >= due);
        Assert.Equal(20, _mailings.Count(mailing).Sent);
        Assert.Single(_mailings.Sender.Runs);
    }

    [Fact]
    public async Task While_it_waits_it_can_be_paused_resumed_and_cancelled()
    {
        var mailing = await ScheduledAsync(TimeSpan.FromHours(1));
        var grain = _mailings.Grain(mailing);
        await grain.StartAsync();
        Assert.True(await grain.PauseAsync("not yet"));
        Assert.Equal(MailingState.Paused, _mailings.StateOf(mailing));
        Assert.True(await grain.ResumeAsync());
        Assert.Equal(MailingState.Queued, _mailings.StateOf(mailing));
        Assert.True(await grain.CancelAsync("never"));
        Assert.Equal(20, _mailings.Count(mailing).Cancelled);
        Assert.Empty(_mailings.Sender.Runs);
    }

    [Fact]
    public async Task A_time_that_passes_while_it_is_paused_lets_it_start_when_it_is_resumed()
    {
        var mailing = await ScheduledAsync(TimeSpan.FromMilliseconds(300));
        await _mailings.Grain(mailing).StartAsync();
        Assert.True(await _mailings.Grain(mailing).PauseAsync("lunch"));
        await EventuallyAsync(() => TimeProvider.System.NowMicroseconds() > Row(mailing).StartAt);
        await _mailings.Grain(mailing).StartAsync();
        Assert.Equal(MailingState.Paused, _mailings.StateOf(mailing));
        Assert.True(await _mailings.Grain(mailing).ResumeAsync());
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);
    }

    [Fact]
    public async Task A_copy_that_waits_for_its_time_does_not_hold_up_the_next_one()
    {
        var waits = await ScheduledAsync(TimeSpan.FromHours(1));
        await _mailings.Grain(waits).StartAsync();
        var next = await _mailings.MailingAsync(20);
        await _mailings.Grain(next).StartAsync();
        await EventuallyAsync(() => _mailings.StateOf(next) == MailingState.Finished);
        Assert.Equal(MailingState.Queued, _mailings.StateOf(waits));
    }

    private MailingRow Row(MailingRow mailing) => _mailings.Get<MailingStore>().Find(mailing.MailingId)!;

    private async Task<MailingRow> ScheduledAsync(TimeSpan wait)
    {
        var mailing = await _mailings.MailingAsync(20);
        var at = TimeProvider.System.NowMicroseconds() + (long)wait.TotalMicroseconds;
        await _mailings.Get<LedgerWriter>().WriteAsync(context => MailingStore.Schedule(context, mailing.MailingId, at));
        return mailing;
    }
}
