using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Grains;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Operator;

/// <summary>Adds to a client's blocklist and takes from it.</summary>
internal static class BlocklistEndpoints
{
    public static Task<IResult> AddAsync(string key, string entry, string? reason, DefinitionStore definitions, Blocklist blocklist) => OnEntryAsync(
        key, entry, definitions, async (client, pattern) => await blocklist.AddAsync(client, pattern, reason ?? "operator")
            ? new OperatorAnswer(Done: true, $"{entry} gets no more mail")
            : new OperatorAnswer(Done: false, $"{entry} is on the blocklist already"));

    public static Task<IResult> RemoveAsync(string key, string entry, DefinitionStore definitions, Blocklist blocklist) => OnEntryAsync(
        key, entry, definitions, async (client, pattern) => await blocklist.RemoveAsync(client, pattern)
            ? new OperatorAnswer(Done: true, $"{entry} is off the blocklist")
            : new OperatorAnswer(Done: false, $"{entry} is not on the blocklist"));

    private static Task<IResult> OnEntryAsync(string key, string entry, DefinitionStore definitions, Func<long, AddressPattern, Task<OperatorAnswer>> act) =>
        definitions.OnClientAsync(key, async client => AddressPattern.TryParse(entry) is { } pattern && (!pattern.IsLiteral || AnyAddress.TryNormalise(pattern.Literal) is not null)
            ? Results.Ok(await act(client.Id, pattern))
            : Results.Problem(statusCode: 400, title: $"CL6004: '{entry}' is no address and no pattern of addresses; expected such as anna@example.com, +4915112345678 or *@example.com"));
}
