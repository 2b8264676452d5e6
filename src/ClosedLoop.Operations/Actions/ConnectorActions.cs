using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Actions;

/// <summary>What can be done to a connection to another system.</summary>
internal sealed class ConnectorActions(AuditTrail audit, IConnectors connectors)
{
    public Task<ActionResult> RegisterAsync(Caller caller, string name, string? reason) => caller.ClientId is not null
        ? Task.FromResult(ActionResult.Forbidden())
        : !connectors.All().Any(line => line.Name == name)
            ? Task.FromResult(ActionResult.NotFound("CL9509", $"connector '{name}' does not exist"))
            : audit.RunAsync(caller, "connector.register", "connector/" + name, null, reason, () => connectors.All().FirstOrDefault(line => line.Name == name), async () =>
                await connectors.RegisterAsync(name) is { } text ? ActionResult.Of(done: true, text) : ActionResult.Of(done: false, "this connector has no listeners to register"));
}
