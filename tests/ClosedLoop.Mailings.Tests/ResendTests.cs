using ClosedLoop.Data;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using static ClosedLoop.Mailings.Tests.MailingFixture;

namespace ClosedLoop.Mailings.Tests;

public sealed class ResendTests : IAsyncLifetime
{
    private MailingFixture _mailings = null!;

    public async Task InitializeAsync() => _mailings = await MailingFixture.StartAsync();

    public async Task DisposeAsync() => await _mailings.DisposeAsync();

    [Fact]
    public async Task Asked_many_times_at_once_everybody_is_sent_to_once_more()
    {
        var mailing = await FinishedAsync(bounced: 5);
        var dry = await _mailings.Grain(mailing).ResendAsync(soft: true, unknown: false, dryRun: true);
        Assert.True(dry.Done);
        Assert.Contains("would be sent again to 5; left out: sent 15", dry.Text, StringComparison.Ordinal);
        Assert.Equal(MailingState.Finished, _mailings.StateOf(mailing));

        _mailings.Sender.Gate = new TaskCompletionSource();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _mailings.Grain(mailing).ResendAsync(soft: true, unknown: false, dryRun: false)));
        Assert.Single(answers, answer => answer.Done);
        Assert.Contains(answers, answer => answer.Text.Contains("already", StringComparison.Ordinal));
        _mailings.Sender.Gate.SetResult();
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);

        Assert.Equal(20, _mailings.Count(mailing).Sent);
        Assert.Equal(25, _mailings.Sender.Sent);
        var row = Row(mailing);
        Assert.True(row.FinishedAt > mailing.FinishedAt && row.ResentAt > mailing.FinishedAt && row.StartedAt == mailing.StartedAt);
        Assert.Equal(row.ResentAt, row.DispatchedAt);

        // Nobody has bounced since.
        Assert.False((await _mailings.Grain(mailing).ResendAsync(soft: true, unknown: false, dryRun: false)).Done);
    }

    [Fact]
    public async Task A_resend_can_be_paused_and_resumed_and_cancelling_it_leaves_the_first_outcome()
    {
        var mailing = await FinishedAsync(bounced: 5);
        _mailings.Sender.Gate = new TaskCompletionSource();
        Assert.True((await _mailings.Grain(mailing).ResendAsync(soft: true, unknown: false, dryRun: false)).Done);
        await EventuallyAsync(() => _mailings.Count(mailing).Sending == 1);
        Assert.True(await _mailings.Grain(mailing).PauseAsync("look"));
        Assert.False((await _mailings.Grain(mailing).ResendAsync(soft: true, unknown: false, dryRun: false)).Done);
        _mailings.Sender.Gate.SetResult();
        await EventuallyAsync(() => _mailings.Count(mailing).Sending == 0);
        Assert.True(await _mailings.Grain(mailing).CancelAsync("enough"));
        Assert.Equal((20L, 0L), (_mailings.Count(mailing).Sent, _mailings.Count(mailing).Cancelled));
        Assert.Equal(21, _mailings.Sender.Sent);
    }

    [Fact]
    public async Task Only_a_finished_mailing_of_the_last_days_is_sent_again()
    {
        var mailing = await _mailings.MailingAsync(5);
        Assert.Contains("only a finished one", (await _mailings.Grain(mailing).ResendAsync(soft: true, unknown: false, dryRun: false)).Text, StringComparison.Ordinal);
        mailing = await FinishedAsync(bounced: 1);
        Assert.False((await _mailings.Grain(mailing).ResendAsync(soft: false, unknown: false, dryRun: false)).Done);
        await _mailings.Get<LedgerWriter>().WriteAsync(context => context.Execute(
            "UPDATE mailing SET started_at = started_at - $2 WHERE mailing_id = $1", mailing.MailingId, (long)TimeSpan.FromDays(31).TotalMicroseconds));
        Assert.Contains("retention.days", (await _mailings.Grain(mailing).ResendAsync(soft: true, unknown: false, dryRun: false)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retrying_the_failed_reaches_them_alone_and_the_sums_stay()
    {
        var mailing = await FinishedAsync(bounced: 5);
        await _mailings.Get<LedgerWriter>().WriteAsync(context => context.Execute("UPDATE ledger SET state = $2 WHERE mailing_id = $1 AND sequence IN (7, 8)", mailing.MailingId, (int)RecipientState.Failed));
        var dry = await _mailings.Grain(mailing).RetryFailedAsync(refused: false, dryRun: true);
        Assert.Equal((true, 2, MailingState.Finished), (dry.Done, dry.Recipients, _mailings.StateOf(mailing)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _mailings.Grain(mailing).RetryFailedAsync(refused: false, dryRun: false)));
        Assert.Equal(2, Assert.Single(answers, answer => answer.Done).Recipients);
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);
        Assert.Equal((20L, 0L, 22L), (_mailings.Count(mailing).Sent, _mailings.Count(mailing).Failed, (long)_mailings.Sender.Sent));
        Assert.Equal(new RetryAnswer(Done: false, Possible: true, 0, $"nobody of mailing {mailing.MailingId} is to be sent to again; left out: sent 15, soft bounce 5"), await _mailings.Grain(mailing).RetryFailedAsync(refused: false, dryRun: false));
        Assert.False((await _mailings.Grain(await _mailings.MailingAsync(1)).RetryFailedAsync(refused: false, dryRun: false)).Possible);
    }

    private MailingRow Row(MailingRow mailing) => _mailings.Get<MailingStore>().Find(mailing.MailingId)!;

    private async Task<MailingRow> FinishedAsync(int bounced)
    {
        var mailing = await _mailings.MailingAsync(20, source: 73);
        await _mailings.Grain(mailing).StartAsync();
        await EventuallyAsync(() => _mailings.StateOf(mailing) == MailingState.Finished);
        await _mailings.Get<LedgerWriter>().WriteAsync(context =>
        {
            for (var i = 0; i < bounced; i++) ResponseStore.Add(context, 9, mailing.MailingId, i, $"r{i}@x.example", ResponseCategory.Bounce, 1, "mail", null);
        });
        return Row(mailing);
    }
}
