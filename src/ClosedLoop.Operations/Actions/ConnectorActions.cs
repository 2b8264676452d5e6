using ClosedLoop.Grains;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Actions;

/// <summary>What can be done to a connection to another system.</summary>
internal sealed class ConnectorActions(AuditTrail audit, IConnectors connectors)
{
    public Task<ActionResult> RegisterAsync(Caller caller, string name, string? reason) => RunAsync(caller, "connector.register", name, reason, () => connectors.RegisterAsync(name));

    /// <summary>Takes orphaned listeners back; a dry run changes nothing and needs no reason.</summary>
    public Task<ActionResult> CleanUpAsync(Caller caller, string name, bool dryRun, string? reason) =>
        RunAsync(caller, dryRun ? "connector.cleanup.plan" : "connector.cleanup", name, reason, () => connectors.CleanUpAsync(name, dryRun));

    public Task<ActionResult> ReplayAsync(Caller caller, string name, string what, string? reason) =>
        RunAsync(caller, "connector.replay." + (what == "in-doubt" ? what : "dead-letters"), name, reason, () => connectors.ReplayAsync(name, what));

    /// <summary>Gives up what the other system would not take; that cannot be taken back, and so it needs a reason.</summary>
    public Task<ActionResult> DropAsync(Caller caller, string name, string? reason) => string.IsNullOrWhiteSpace(reason)
        ? Task.FromResult(ActionResult.Bad("CL9576", "what was refused is given up only with a reason"))
        : RunAsync(caller, "connector.drop", name, reason, () => connectors.DropAsync(name));

    private Task<ActionResult> RunAsync(Caller caller, string action, string name, string? reason, Func<Task<OperatorAnswer>> act) => caller.ClientId is not null
        ? Task.FromResult(ActionResult.Forbidden())
        : !connectors.All().Any(line => line.Name == name)
            ? Task.FromResult(ActionResult.NotFound("CL9509", $"connector '{name}' does not exist"))
            : audit.RunAsync(caller, action, "connector/" + name, null, reason, () => connectors.All().FirstOrDefault(line => line.Name == name), async () => ActionResult.Of(await act()));
}
