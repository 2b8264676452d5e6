using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Actions;

/// <summary>Hands out or erases everything known of one person. The audit says that it was done and why, but not to whom: a row that names whom one wanted gone would undo it.</summary>
internal sealed class PersonActions(AuditTrail audit, IPeople people, DefinitionStore definitions)
{
    private const string Subject = "person";

    /// <summary>Everything known of a person, as a file.</summary>
    public async Task<(ActionResult Result, byte[]? File)> ExportAsync(Caller caller, string address, string? client)
    {
        byte[]? file = null;
        var result = await OnPersonAsync(caller, address, client, (person, key) => audit.RunAsync(caller, "person.export", Subject, ClientId(key), reason: null, () => null, () =>
        {
            file = people.Export(person, key);
            return Task.FromResult(file is null ? ActionResult.NotFound("CL9606", "nothing is known of this address") : ActionResult.Of(done: true, "everything known of a person was handed out"));
        }));
        return (result, file);
    }

    /// <summary>Erases a person. Only with a reason: it cannot be taken back.</summary>
    /// <returns>What came of it, and the signed certificate, which is kept nowhere else.</returns>
    public async Task<(ActionResult Result, byte[]? File)> EraseAsync(Caller caller, string address, string? client, string? reason, CancellationToken cancellation)
    {
        byte[]? certificate = null;
        if (string.IsNullOrWhiteSpace(reason)) return (ActionResult.Bad("CL9583", "a person is erased only with a reason: who asked for it, and how"), null);
        var result = await OnPersonAsync(caller, address, client, (person, key) => audit.RunAsync(caller, "person.erase", Subject, ClientId(key), reason, () => null, async () =>
        {
            (certificate, var fault) = await people.EraseAsync(person, key, cancellation);
            return certificate is null ? new ActionResult(409, Done: false, fault ?? "try again in a moment", "CL9602") : ActionResult.Of(done: true, "a person was erased; the certificate was handed out");
        }));
        return (result, certificate);
    }

    private Task<ActionResult> OnPersonAsync(Caller caller, string address, string? client, Func<string, string?, Task<ActionResult>> act)
    {
        if (AnyAddress.TryNormalise(address) is not { } person) return Task.FromResult(ActionResult.Bad("CL9601", "that is no address; expected such as anna@example.com or +4915112345678"));

        // Who sees one client only asks about that one, whatever else stands in the request.
        var key = caller.ClientId is { } own ? definitions.FindClient(own)?.Value.Key : string.IsNullOrEmpty(client) ? null : client;
        if (key is not null && definitions.FindClient(key) is null || caller.ClientId is not null && !string.IsNullOrEmpty(client) && client != key) return Task.FromResult(ActionResult.NotFound("CL2005", $"client '{client}' does not exist"));
        return act(person, key);
    }

    private long? ClientId(string? key) => key is null ? null : definitions.FindClient(key)?.Value.Id;
}
