using System.Globalization;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model;
using ClosedLoop.Operations.Access;

namespace ClosedLoop.Operations.Actions;

/// <summary>Tries the way on which alarms reach people.</summary>
internal sealed class AlertActions(ActionDesk desk, AuditTrail audit, NoticeStore notices, NoticeLog log, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>How long an answer of the relay is waited for; the mail goes on being tried afterwards.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Mails a test alarm to whoever a client's alarms go to, and says what the relay said.</summary>
    public Task<ActionResult> TestAsync(Caller caller, string key, string? reason, CancellationToken cancellation) => desk.OnClientAsync(caller, key, client =>
    {
        var addresses = client.Notify.AlarmsTo();
        if (addresses.Count == 0) return Task.FromResult(ActionResult.Bad("CL9575", $"alarms of client '{client.Key}' reach nobody: notify.to and notify.problemsTo of its definition are empty"));
        return audit.RunAsync(caller, "alert.test", "client/" + client.Key, client.Id, reason, () => null, async () =>
        {
            var cause = string.Create(CultureInfo.InvariantCulture, $"test/{client.Id}/{time.NowMicroseconds()}");
            await notices.AddAsync(new NewNotice(
                cause, client.Id, addresses, $"[closed-loop] TEST ALARM {client.Key}",
                $"This is a test. {caller.Name} wants to know whether alarms of client {client.Key} reach you. Nothing is wrong, and nothing is to be done.\n"));
            return Answer(await OutcomeAsync(cause, cancellation));
        });
    });

    private async Task<IReadOnlyList<NoticeLine>> OutcomeAsync(string cause, CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + Patience;
        while (true)
        {
            var lines = log.Of(cause);
            if (time.GetUtcNow() >= until || lines.All(line => line.State != NoticeState.Waiting || line.Attempt > 0)) return lines;
            await Task.Delay(Look, time, cancellation);
        }
    }

    private static ActionResult Answer(IReadOnlyList<NoticeLine> lines)
    {
        var sent = lines.Where(line => line.State == NoticeState.Sent).Select(line => line.Address).ToList();
        var told = sent.Count == 0 ? "" : $"the relay took the test mail for {string.Join(", ", sent)}";
        var failed = lines.Where(line => line.State != NoticeState.Sent).Select(line => $"{line.Address}: {line.Reason ?? "no answer of the relay yet, it goes on being tried"}").ToList();
        return failed.Count == 0 ? ActionResult.Of(done: true, told) : ActionResult.Of(done: false, $"{(told.Length == 0 ? "not taken" : told + "; not taken")} for {string.Join("; ", failed)}");
    }
}
