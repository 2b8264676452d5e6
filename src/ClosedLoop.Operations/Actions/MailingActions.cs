using System.Globalization;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Actions;

/// <summary>What can be done to a mailing.</summary>
internal sealed class MailingActions(ActionDesk desk, AuditTrail audit, IGrainFactory grains, MailingStore mailings, RecipientLedger ledger, IMailingJournal journal)
{
    public Task<ActionResult> PauseAsync(Caller caller, long id, string? reason) =>
        RunAsync(caller, id, "mailing.pause", reason, mailing => mailing.PauseAsync(Why(caller, reason)), "paused", "is not being sent");

    public Task<ActionResult> ResumeAsync(Caller caller, long id, string? reason) =>
        RunAsync(caller, id, "mailing.resume", reason, mailing => mailing.ResumeAsync(), "resumed", "is not paused");

    public Task<ActionResult> CancelAsync(Caller caller, long id, string? reason) =>
        RunAsync(caller, id, "mailing.cancel", reason, mailing => mailing.CancelAsync(Why(caller, reason)), "cancelled", "has ended already");

    /// <summary>Hands a mailing that is prepared or queued to dispatch.</summary>
    public Task<ActionResult> StartAsync(Caller caller, long id, string? reason) => RunAsync(caller, id, "mailing.start", reason, async mailing =>
    {
        await mailing.StartAsync();
        return true;
    }, "handed to dispatch", "");

    /// <summary>Sends again to those who bounced softly, are in doubt, or both (closed-loop spec section 14).</summary>
    public Task<ActionResult> ResendAsync(Caller caller, long id, bool soft, bool unknown, bool dryRun, string? reason) => desk.OnMailingAsync(caller, id, async row =>
    {
        var grain = Grain(id);
        if (dryRun) return ActionResult.Of(await grain.ResendAsync(soft, unknown, dryRun: true));
        return await audit.RunAsync(caller, "mailing.resend", Subject(id), row.ClientId, reason, () => Look(id), async () =>
        {
            var answer = await grain.ResendAsync(soft, unknown, dryRun: false);
            if (answer.Done) await journal.ResentAsync(id, answer.Text);
            return ActionResult.Of(answer);
        });
    });

    /// <summary>Gives those whom a finished mailing could not send to another try; nobody whose message was taken gets it again.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="id">The mailing.</param>
    /// <param name="refused">Also those who were refused for good.</param>
    /// <param name="reason">Why; needed.</param>
    /// <returns>What came of it, and how many recipients wait again.</returns>
    public async Task<(ActionResult Result, int Recipients)> RetryFailedAsync(Caller caller, long id, bool refused, string? reason)
    {
        var recipients = 0;
        if (string.IsNullOrWhiteSpace(reason)) return (ActionResult.Bad("CL9570", "sending again needs a reason: what has changed since it failed"), recipients);
        var result = await desk.OnMailingAsync(caller, id, row => audit.RunAsync(caller, "mailing.retry", Subject(id), row.ClientId, reason, () => Look(id), async () =>
        {
            var answer = await Grain(id).RetryFailedAsync(refused, dryRun: false);
            recipients = answer.Recipients;
            if (answer.Done) await journal.ResentAsync(id, answer.Text);
            return answer.Possible ? ActionResult.Of(answer.Done, answer.Text) : new ActionResult(409, Done: false, answer.Text, "CL9571");
        }));
        return (result, recipients);
    }

    private Task<ActionResult> RunAsync(Caller caller, long id, string action, string? reason, Func<IMailingGrain, Task<bool>> act, string what, string why) =>
        desk.OnMailingAsync(caller, id, row => audit.RunAsync(caller, action, Subject(id), row.ClientId, reason, () => Look(id), async () =>
        {
            var done = await act(Grain(id));
            return ActionResult.Of(done, done ? $"the mailing is {what}" : $"the mailing {why}");
        }));

    private IMailingGrain Grain(long id) => grains.GetGrain<IMailingGrain>(id.ToString(CultureInfo.InvariantCulture));

    private object? Look(long id)
    {
        if (mailings.Find(id) is not { } row) return null;

        // Counting a large mailing twice for one line of the audit would hold the action up.
        return row.Accepted <= 200_000
            ? new { row.State, row.Resends, recipients = ledger.Count(id) }
            : new { row.State, row.Resends, row.Accepted };
    }

    private static string Subject(long id) => string.Create(CultureInfo.InvariantCulture, $"mailing/{id}");

    private static string Why(Caller caller, string? reason) => string.IsNullOrWhiteSpace(reason) ? caller.Origin == "command line" ? "operator" : $"operator {caller.Name}" : reason;
}
