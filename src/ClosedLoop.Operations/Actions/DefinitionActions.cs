using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Actions;

/// <summary>Edits of source mailings: each is a new version, checked as <c>apply</c> checks it.</summary>
internal sealed class DefinitionActions(DefinitionStore definitions, ITemplateBench bench, AuditTrail audit)
{
    public Task<ActionResult> SaveAsync(Caller caller, SourceMailing edited, string? reason)
    {
        if (definitions.FindSource(edited.Id) is not { } current || !caller.Sees(current.Value.ClientId) || definitions.FindClient(current.Value.ClientId) is not { } client)
            return Task.FromResult(ActionResult.NotFound("CL9509", FormattableString.Invariant($"source mailing {edited.Id} does not exist")));
        var faults = bench.Faults(edited, client.Value);
        if (faults.Count > 0) return Task.FromResult(ActionResult.Bad("CL9510", "not stored: " + string.Join("; ", faults)));
        return audit.RunAsync(caller, "source.edit", FormattableString.Invariant($"source/{edited.Id}"), client.Value.Id, reason, () => Look(edited.Id), async () =>
        {
            var stored = await definitions.ApplyAsync(edited);
            return stored.Changed
                ? ActionResult.Of(done: true, FormattableString.Invariant($"stored as version {stored.Version}; mailings copied before keep theirs"))
                : ActionResult.Of(done: false, "nothing was changed");
        });
    }

    private object? Look(long id) => definitions.FindSource(id) is { } source
        ? new { source.Version, source.Value.Subject, html = source.Value.Html?.Length, text = source.Value.Text?.Length, source.Value.Status }
        : null;
}
