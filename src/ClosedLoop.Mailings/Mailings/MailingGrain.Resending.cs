using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Resend;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Mailings.Mailings;

public sealed partial class MailingGrain
{
    public async Task<OperatorAnswer> ResendAsync(bool soft, bool unknown, bool dryRun)
    {
        var answer = await SendAgainAsync(new ResendChoice(soft, unknown), dryRun);
        return new OperatorAnswer(answer.Done, answer.Text);
    }

    public Task<RetryAnswer> RetryFailedAsync(bool refused, bool dryRun) => SendAgainAsync(new ResendChoice(Soft: false, Unknown: false, Failed: true, refused), dryRun);

    private async Task<RetryAnswer> SendAgainAsync(ResendChoice choice, bool dryRun)
    {
        var row = Row();
        if (Refusal(row, choice is not { Soft: false, Unknown: false, Failed: false }) is { } refusal) return new RetryAnswer(Done: false, Possible: false, 0, refusal);
        var bounces = definitions.FindClient(row.ClientId, row.ClientVersion)!.Value.Bounce;

        // A scan of the whole mailing; the grain's turns are for decisions.
        var plan = await Task.Run(() => resends.Plan(row, choice, bounces));
        if (plan.Selected.Count == 0) return new RetryAnswer(Done: dryRun, Possible: true, 0, FormattableString.Invariant($"nobody of mailing {row.MailingId} is to be sent to again; left out: {plan.LeftOutText}"));
        if (dryRun) return new RetryAnswer(Done: true, Possible: true, plan.Selected.Count, FormattableString.Invariant($"mailing {row.MailingId} would be sent again to {plan.Selected.Count}; left out: {plan.LeftOutText}"));

        // Before the mailing is opened: whatever happens between here and the start, somebody will look at it.
        await this.RegisterOrUpdateReminder(WatchReminder, options.Watch, options.Watch);
        var opened = await resends.OpenAsync(row, plan);
        if (opened == 0) return new RetryAnswer(Done: false, Possible: false, 0, FormattableString.Invariant($"mailing {row.MailingId} has changed meanwhile; nothing was done"));
        LogResend(row.MailingId, opened, plan.LeftOutText);
        await StartAsync();
        return new RetryAnswer(Done: true, Possible: true, opened, FormattableString.Invariant($"mailing {row.MailingId} is sent again to {opened}; left out: {plan.LeftOutText}"));
    }

    /// <summary>Why a mailing cannot be sent again now, or <c>null</c>.</summary>
    private string? Refusal(MailingRow row, bool anybody)
    {
        if (!anybody) return "nobody is chosen; expected those who bounced softly, those in doubt, or both";
        if (row is { Resends: > 0, State: MailingState.Queued or MailingState.Sending or MailingState.Paused }) return FormattableString.Invariant($"mailing {row.MailingId} is being sent again already");
        if (row.State != MailingState.Finished) return FormattableString.Invariant($"mailing {row.MailingId} is {row.State}; only a finished one can be sent again");
        var days = definitions.FindClient(row.ClientId)!.Value.Retention.Days;
        return row.PurgedAt is not null || time.NowMicroseconds() - row.StartedAt > (long)TimeSpan.FromDays(days).TotalMicroseconds
            ? FormattableString.Invariant($"mailing {row.MailingId} was sent more than {days} days ago (retention.days); its recipients are not kept for that")
            : null;
    }
}
