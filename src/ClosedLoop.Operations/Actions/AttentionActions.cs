using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Actions;

/// <summary>Says of something that needs a person that somebody has seen it. It stays where it is; others see by whom and when.</summary>
internal sealed class AttentionActions(AttentionReader attention, AuditTrail audit)
{
    /// <param name="caller">Who.</param>
    /// <param name="key">The item, as the overview names it.</param>
    /// <param name="reason">What he means to do, or <c>null</c>.</param>
    public async Task<ActionResult> AcknowledgeAsync(Caller caller, string key, string? reason)
    {
        if ((await attention.ReadAsync(caller.ClientId)).Items.FirstOrDefault(item => item.Key == key) is not { } found) return ActionResult.NotFound("CL9509", $"'{key}' does not need attention, or not any more");
        if (found.Seen?.By == caller.Name) return ActionResult.Of(done: false, $"{caller.Name} has seen it already");
        return await audit.RunAsync(
            caller, AcknowledgementReader.Action, AcknowledgementReader.SubjectOf(key), caller.ClientId, reason, () => null, () => Task.FromResult(ActionResult.Of(done: true, $"{caller.Name} has seen it; it stays until it is settled")));
    }
}
