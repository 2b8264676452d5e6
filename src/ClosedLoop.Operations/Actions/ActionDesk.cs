using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Operations.Access;

namespace ClosedLoop.Operations.Actions;

/// <summary>Finds what an action is about, as far as the caller may see it.</summary>
internal sealed class ActionDesk(DefinitionStore definitions, MailingStore mailings, FileRegister files)
{
    public Task<ActionResult> OnClientAsync(Caller caller, string key, Func<ClientDefinition, Task<ActionResult>> act) =>
        definitions.FindClient(key) is { } client && caller.Sees(client.Value.Id)
            ? act(client.Value)
            : Task.FromResult(ActionResult.NotFound("CL2005", $"client '{key}' does not exist"));

    public Task<ActionResult> OnMailingAsync(Caller caller, long id, Func<MailingRow, Task<ActionResult>> act) =>
        mailings.Find(id) is { } row && caller.Sees(row.ClientId)
            ? act(row)
            : Task.FromResult(ActionResult.NotFound("CL4003", FormattableString.Invariant($"mailing {id} does not exist")));

    public Task<ActionResult> OnFileAsync(Caller caller, long id, Func<InboundFile, ClientDefinition, Task<ActionResult>> act) =>
        files.Find(id) is { } file && caller.Sees(file.ClientId)
            ? act(file, definitions.FindClient(file.ClientId)!.Value)
            : Task.FromResult(ActionResult.NotFound("CL6002", FormattableString.Invariant($"file {id} does not exist")));
}
