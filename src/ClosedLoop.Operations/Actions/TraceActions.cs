using System.Globalization;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Model;
using ClosedLoop.Operations.Access;

namespace ClosedLoop.Operations.Actions;

/// <summary>Having a connection to a relay written down.</summary>
internal sealed class TraceActions(ActionDesk desk, AuditTrail audit, ConnectionTraceStore traces, TimeProvider time)
{
    /// <summary>How long a connection is waited for, in microseconds.</summary>
    private const long Patience = 600_000_000;

    /// <summary>Writes down the next connection to the client's relay, whichever process opens it.</summary>
    public Task<ActionResult> OrderAsync(Caller caller, string key, string? reason) => desk.OnClientAsync(caller, key, client =>
    {
        if (string.IsNullOrWhiteSpace(reason)) return Task.FromResult(ActionResult.Bad("CL9570", "a connection is written down only with a reason"));
        return audit.RunAsync(caller, "lane.trace", "lane/" + client.Key, client.Id, reason, () => null, async () =>
        {
            var now = time.NowMicroseconds();
            var id = await traces.OrderAsync(client.Id, caller.Name, reason, now, now + Patience);
            return ActionResult.Of(done: true, string.Create(CultureInfo.InvariantCulture, $"the next connection to the relay of {client.Key} within ten minutes is written down as trace {id}"));
        });
    });
}
