using ClosedLoop.Data.Ledger;
using ClosedLoop.Delivery.Telemetry;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Delivery.Channels;

internal sealed partial class ChannelBatchSender
{
    /// <summary>Weight of a provider's own refusal: it holds the lane at once (see <see cref="Sending.Lanes.LanePolicy.Relay"/>).</summary>
    private const int ProviderWeight = 100;

    /// <summary>Weight of a lost reply: three in a row hold the lane.</summary>
    private const int LostWeight = 34;

    /// <summary>Make ready, claim, hand over, record; returns how many recipients reached an outcome.</summary>
    private async Task<int> SendGroupAsync(ChannelRun run, ChannelGroup group, CancellationToken cancellation)
    {
        await ReadyAsync(run, group, cancellation).ConfigureAwait(false);
        if (group.Settled.Count > 0)
        {
            await ledger.RecordAsync(group.Settled, run.Hold).ConfigureAwait(false);
            foreach (var outcome in group.Settled) DeliveryMetrics.Settled(outcome, run.Mailing.Channel);
        }

        var settled = group.Settled.Count(outcome => outcome.State != RecipientState.Waiting);
        if (group.Messages.Count == 0 || cancellation.IsCancellationRequested) return settled;
        await PaceAsync(group, cancellation).ConfigureAwait(false);
        if (cancellation.IsCancellationRequested) return settled;
        await window.EnterAsync().ConfigureAwait(false);
        try
        {
            return settled + await ClaimAndSendAsync(run, group, cancellation).ConfigureAwait(false);
        }
        finally
        {
            window.Leave();
        }
    }

    /// <summary>Before the claim: a provider that cannot be reached, or does not let us in, must not leave anybody in doubt.</summary>
    private async Task ReadyAsync(ChannelRun run, ChannelGroup group, CancellationToken cancellation)
    {
        foreach (var way in group.Messages.Select(prepared => prepared.Way).Distinct().ToList())
        {
            // The group before may have met a refusal since this one was prepared: a success now would end the hold that the provider asked for.
            if (way.Lane.Relay.HeldUntil > time.NowMicroseconds())
            {
                SendBack(run, group, way, "held");
                continue;
            }

            var era = way.Lane.Era;
            ChannelResult? refusal;
            try
            {
                refusal = await way.Transport.ReadyAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                group.Messages.Clear();
                return;
            }

            if (refusal is null) continue;
            Hold(way, ProviderWeight, era, refusal);
            SendBack(run, group, way, refusal.Text);
        }
    }

    private void SendBack(ChannelRun run, ChannelGroup group, ChannelWay way, string why)
    {
        foreach (var prepared in group.Messages.Where(prepared => prepared.Way == way))
        {
            var admission = way.Lane.Relay.AwaitHold();
            group.Settled.Add(Delay(run, prepared.Recipient, admission.Admitted ? new(time.NowMicroseconds() + DelayedTurn, $"{way.Lane.Relay.Name}: {why}") : admission));
        }

        group.Messages.RemoveAll(prepared => prepared.Way == way);
    }

    /// <summary>Waits for the providers' rates. Nobody is claimed yet, so a stop may end it.</summary>
    private async Task PaceAsync(ChannelGroup group, CancellationToken cancellation)
    {
        foreach (var way in group.Messages.Select(prepared => prepared.Way).Distinct()) await way.Lane.Relay.AwaitPartAsync(cancellation).ConfigureAwait(false);
        if (cancellation.IsCancellationRequested) return;
        var until = group.Messages.GroupBy(prepared => prepared.Way).Max(way => way.Key.Lane.Relay.Pace(way.Count()));
        var wait = until - time.NowMicroseconds();
        if (wait > 0) await Task.Delay(TimeSpan.FromMicroseconds(wait), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<int> ClaimAndSendAsync(ChannelRun run, ChannelGroup group, CancellationToken cancellation)
    {
        var started = DeliveryStatistics.Now;
        var claimed = await ledger.ClaimAsync(run.Mailing.MailingId, group.Messages.ConvertAll(prepared => prepared.Recipient.Sequence), content: null, run.Hold).ConfigureAwait(false);
        statistics.AddClaim(DeliveryStatistics.Now - started);
        var mine = group.Messages.Where((_, i) => claimed[i]).ToList();
        if (mine.Count == 0) return 0;
        KillSwitch.Reach(KillPoint.RecipientClaimed);

        started = DeliveryStatistics.Now;

        // One moment for all of the group: a success of one that was handed over after another was refused must not end the hold that the refusal began.
        var eras = mine.Select(prepared => prepared.Way).Distinct().ToDictionary(way => way, way => way.Lane.Era);
        var outcomes = await Task.WhenAll(mine.Select(prepared => HandOverAsync(run, prepared, eras[prepared.Way]))).ConfigureAwait(false);
        statistics.AddSend(DeliveryStatistics.Now - started, outcomes.Length);
        await recorder.RecordAsync(run.Hold, outcomes, cancellation).ConfigureAwait(false);
        foreach (var outcome in outcomes) DeliveryMetrics.Settled(outcome, run.Mailing.Channel);
        return outcomes.Count(outcome => outcome.State != RecipientState.Waiting);
    }

    /// <summary>From here on nothing is cancelled: what is claimed gets an outcome, and the time-outs of the provider bound how long that takes.</summary>
    private async Task<SendOutcome> HandOverAsync(ChannelRun run, PreparedMessage prepared, long era)
    {
        ChannelResult result;
        try
        {
            result = await prepared.Way.Transport.SendAsync(prepared.Message).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // An adapter that breaks its promise must not take the group's other outcomes with it, and says nothing about this message.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBroken(e, prepared.Way.Transport.Provider);
            result = ChannelResult.InDoubt($"CL4204 the way to the provider broke: {e.GetType().Name}");
        }

        KillSwitch.Reach(KillPoint.ReplyRead);
        Learn(prepared.Way, result, era);
        return Judge(run, prepared, result);
    }

    private void Learn(ChannelWay way, ChannelResult result, long era)
    {
        switch (result.Action)
        {
            case ChannelAction.Accepted:
                way.Lane.Relay.Succeeded(era);
                break;
            case ChannelAction.Unknown:
                Hold(way, LostWeight, era, result);
                break;
            case ChannelAction.Retry or ChannelAction.GiveUp when result.Scope == ChannelScope.Provider:
                Hold(way, ProviderWeight, era, result);
                break;
            case ChannelAction.Retry:
                Hold(way, 1, era, result);
                break;
        }
    }

    private void Hold(ChannelWay way, int weight, long era, ChannelResult result)
    {
        var lane = way.Lane.Relay;
        if (lane.Failed(weight, era, result.Text, Random.Shared.NextDouble(), result.RetryAfter)) LogHeld(lane.Name, Instants.FromMicroseconds(lane.HeldUntil), result.Text);
    }

    private SendOutcome Judge(ChannelRun run, PreparedMessage prepared, ChannelResult result)
    {
        var outcome = Outcome(run, prepared.Recipient, RecipientState.Sent, reason: null) with { ReplyCode = result.Code, Origin = prepared.Way.Transport.Provider };
        switch (result.Action)
        {
            case ChannelAction.Accepted:
                return outcome with { Provider = KeyOf(run, prepared.Way), ProviderIds = result.ProviderIds };
            case ChannelAction.Unknown:
                outcome = outcome with { InDoubt = true, Provider = KeyOf(run, prepared.Way), ProviderIds = result.ProviderIds, Parts = result.Parts };
                return run.Policy.Unknown == UnknownPolicy.Resend
                    ? Defer(run, prepared.Recipient, outcome, result, $"L606 no answer, sent again: {result.Text}")
                    : outcome with { State = RecipientState.Unknown, Reason = $"L606 in doubt: {result.Text}" };

            // The provider as a whole, even when it says "never": what is wrong there is put right by somebody, and fails nobody meanwhile.
            case ChannelAction.Retry or ChannelAction.GiveUp when result.Scope == ChannelScope.Provider:
                var lane = prepared.Way.Lane.Relay;
                run.Delayed++;
                return outcome with { State = RecipientState.Waiting, Untried = true, DueAt = Math.Max(lane.HeldUntil, outcome.DoneAt), Reason = $"{lane.Name}: {result.Text}" };
            case ChannelAction.Retry:
                return Defer(run, prepared.Recipient, outcome, result, $"deferred: {result.Text}");
            default:
                return outcome with
                {
                    State = RecipientState.Failed,
                    Reason = $"refused: {result.Text}",
                    Response = result.Response,
                    OptedOut = result.IsOptedOut,

                    // A token that is dead is never given again; a number may be somebody else's next year, and the bounce counter is enough.
                    Retired = result.AddressIsDead && run.Mailing.Channel == MessageChannel.Push,
                };
        }
    }

    /// <summary>Back to waiting, or given up when the mailing's retry time is over.</summary>
    private SendOutcome Defer(ChannelRun run, DueRecipient recipient, SendOutcome outcome, ChannelResult result, string reason)
    {
        var pause = schedule.After(recipient.Attempt + 1, Random.Shared.NextDouble());
        if (result.RetryAfter > pause) pause = result.RetryAfter.Value;
        var due = outcome.DoneAt + (long)pause.TotalMicroseconds;
        return due <= run.Deadline
            ? outcome with { State = RecipientState.Waiting, DueAt = due, Reason = reason }
            : outcome with { State = RecipientState.Failed, Reason = $"retry time over; {reason}", Response = ResponseCategory.TemporaryBounce, InDoubt = false, ProviderIds = [] };
    }
}
