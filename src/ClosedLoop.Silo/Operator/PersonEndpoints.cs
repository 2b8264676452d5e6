using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Grains;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Privacy;

namespace ClosedLoop.Silo.Operator;

/// <summary>Erases a person, and lets one be taken in again.</summary>
internal static class PersonEndpoints
{
    public static async Task<IResult> EraseAsync(PersonRequest request, PersonService people, DefinitionStore definitions, CancellationToken cancellation)
    {
        if (Fault(request, definitions) is { } fault) return fault;
        try
        {
            return Results.Bytes(await people.EraseAsync(Normalised(request)!, request.Client, cancellation), "application/json");
        }
        catch (BeingSentException e)
        {
            return Results.Problem(statusCode: 409, title: e.Message);
        }
    }

    public static async Task<IResult> AllowAsync(PersonRequest request, ErasedPeople erased, DefinitionStore definitions)
    {
        if (Fault(request, definitions) is { } fault) return fault;
        var removed = 0;
        foreach (var client in definitions.Clients().Where(client => request.Client is null || client.Value.Key == request.Client))
        {
            if (await erased.RemoveAsync(client.Value.Id, Normalised(request)!)) removed++;
        }

        return Results.Ok(removed > 0
            ? new OperatorAnswer(Done: true, "the person may be taken in again")
            : new OperatorAnswer(Done: false, "the person was not erased here"));
    }

    private static IResult? Fault(PersonRequest request, DefinitionStore definitions)
    {
        if (Normalised(request) is null) return Results.Problem(statusCode: 400, title: "CL9601: that is no address; expected such as anna@example.com or +4915112345678");
        return request.Client is { } key && definitions.FindClient(key) is null ? Results.Problem(statusCode: 404, title: $"CL2005: client '{key}' does not exist") : null;
    }

    private static string? Normalised(PersonRequest request) => request.Address is { } address ? AnyAddress.TryNormalise(address) : null;
}
