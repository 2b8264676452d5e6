using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Silo.Operator;

/// <summary>What all routes below <c>/clients/{key}</c> begin with.</summary>
internal static class ClientRoute
{
    /// <summary>Acts on the client of that key, in its newest version; 404 when there is none.</summary>
    public static async Task<IResult> OnClientAsync(this DefinitionStore definitions, string key, Func<ClientDefinition, Task<IResult>> act) =>
        definitions.FindClient(key) is { } client
            ? await act(client.Value)
            : Results.Problem(statusCode: 404, title: $"CL2005: client '{key}' does not exist");
}
