using ClosedLoop.Model.Draining;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Actions;

/// <summary>What can be done to the process and the installation as a whole; not by a key that is bound to one client.</summary>
internal sealed class SystemActions(AuditTrail audit, DrainSwitch drain, IKeyRing keys, ISupportBundle bundle)
{
    /// <summary>Takes no file and no recipient up any more, and ends what is begun.</summary>
    public Task<ActionResult> DrainAsync(Caller caller, string? reason) => RunAsync(caller, "system.drain", "system", reason, Look, () => drain.On(caller.Name, string.IsNullOrWhiteSpace(reason) ? null : reason)
        ? ActionResult.Of(done: true, "nothing is taken up any more; the page System says when what was begun has ended")
        : ActionResult.Of(done: false, "it was being drained already"));

    public Task<ActionResult> ResumeAsync(Caller caller, string? reason) => RunAsync(caller, "system.resume", "system", reason, Look, () => drain.Off()
        ? ActionResult.Of(done: true, "work is taken up again, within seconds")
        : ActionResult.Of(done: false, "it was not being drained"));

    public Task<ActionResult> RotateAsync(Caller caller, string? reason) => RunAsync(caller, "system.rotate", "key/links", reason, () => keys.All().Select(key => key.Name), () =>
    {
        var (done, text) = keys.RotateLinks();
        return ActionResult.Of(done, text);
    });

    /// <returns>The archive; <c>null</c> when the caller may not have it.</returns>
    public async Task<(ActionResult Result, byte[]? Archive)> BundleAsync(Caller caller)
    {
        byte[]? archive = null;
        var result = await RunAsync(caller, "system.bundle", "system", reason: null, () => null, () =>
        {
            archive = bundle.Make();
            return ActionResult.Of(done: true, FormattableString.Invariant($"{archive.Length} octets, without secrets and addresses"));
        });
        return (result, archive);
    }

    private object? Look() => drain.State is { } state ? new { drained = true, state.By, state.Reason } : new { drained = false };

    private Task<ActionResult> RunAsync(Caller caller, string action, string subject, string? reason, Func<object?> look, Func<ActionResult> act) => caller.ClientId is not null
        ? Task.FromResult(ActionResult.Forbidden())
        : audit.RunAsync(caller, action, subject, clientId: null, reason, look, () => Task.FromResult(act()));
}
