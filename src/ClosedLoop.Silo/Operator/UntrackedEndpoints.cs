using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Grains;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Operator;

/// <summary>Adds to a client's list of people who are not tracked and takes from it.</summary>
internal static class UntrackedEndpoints
{
    public static Task<IResult> AddAsync(string key, string entry, string? reason, DefinitionStore definitions, UntrackedList untracked) => OnAddressAsync(
        key, entry, definitions, async (client, address) => await untracked.AddAsync(client, address, reason ?? "operator")
            ? new OperatorAnswer(Done: true, $"opens and clicks of {address} are not kept from now on")
            : new OperatorAnswer(Done: false, $"{address} is untracked already"));

    public static Task<IResult> RemoveAsync(string key, string entry, DefinitionStore definitions, UntrackedList untracked) => OnAddressAsync(
        key, entry, definitions, async (client, address) => await untracked.RemoveAsync(client, address)
            ? new OperatorAnswer(Done: true, $"opens and clicks of {address} are kept again")
            : new OperatorAnswer(Done: false, $"{address} is not on the list"));

    private static Task<IResult> OnAddressAsync(string key, string entry, DefinitionStore definitions, Func<long, string, Task<OperatorAnswer>> act) =>
        definitions.OnClientAsync(key, async client => EmailAddress.TryNormalise(entry) is { } address
            ? Results.Ok(await act(client.Id, address))
            : Results.Problem(statusCode: 400, title: $"CL6004: '{entry}' is no address; expected such as anna@example.com"));
}
