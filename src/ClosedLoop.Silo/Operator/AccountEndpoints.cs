using System.Globalization;
using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Grains;
using ClosedLoop.Intake.Orders.Accounts;
using ClosedLoop.Intake.Orders.Deliveries;
using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Silo.Operator;

/// <summary>Saved filters, rows and locks of an account's databases.</summary>
internal static class AccountEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/clients/{key}/filters", (string key, DefinitionStore definitions, AccountStore accounts) =>
            OnAccountAsync(key, definitions, accounts, (_, account) => Task.FromResult(Results.Ok(account.Filters))));
        api.MapPut("/clients/{key}/filters/{id:long}", (string key, long id, SavedFilter filter, DefinitionStore definitions, AccountStore accounts) =>
            ChangeAsync(key, definitions, accounts, filters => [.. filters.Where(each => each.Id != id), filter with { Id = id }], $"filter {id.ToString(CultureInfo.InvariantCulture)} is stored"));
        api.MapDelete("/clients/{key}/filters/{id:long}", (string key, long id, DefinitionStore definitions, AccountStore accounts) =>
            ChangeAsync(key, definitions, accounts, filters => [.. filters.Where(each => each.Id != id)], $"filter {id.ToString(CultureInfo.InvariantCulture)} is gone"));
        api.MapGet("/clients/{key}/locks", (string key, DefinitionStore definitions, ContactStore contacts) =>
            definitions.OnClientAsync(key, client => Task.FromResult(Results.Ok(contacts.Locks(client.Id)))));
        api.MapPost("/clients/{key}/databases/{id:long}/lock", (string key, long id, string? reason, DefinitionStore definitions, ContactStore contacts) =>
            definitions.OnClientAsync(key, async client => Results.Ok(await contacts.TryLockAsync(client.Id, id, "operator: " + (reason ?? "no reason given"))
                ? new OperatorAnswer(Done: true, "the database is locked")
                : new OperatorAnswer(Done: false, "somebody else has the lock; see closedloop orders locks"))));
        api.MapPost("/clients/{key}/databases/{id:long}/unlock", (string key, long id, DefinitionStore definitions, ContactStore contacts) =>
            definitions.OnClientAsync(key, async client => Results.Ok(await contacts.UnlockAsync(client.Id, id, holder: null)
                ? new OperatorAnswer(Done: true, "the database is open")
                : new OperatorAnswer(Done: false, "the database was not locked"))));
        api.MapPost("/clients/{key}/databases/{id:long}/load", (string key, long id, string path, DefinitionStore definitions, ContactLoader loader, CancellationToken cancellation) =>
            definitions.OnClientAsync(key, client => LoadAsync(client.Id, id, path, loader, cancellation)));
    }

    private static async Task<IResult> LoadAsync(long clientId, long databaseId, string path, ContactLoader loader, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return Results.Problem(statusCode: 404, title: $"CL2006: {path} does not exist");
        try
        {
            var (counts, problems) = await loader.LoadAsync(clientId, databaseId, () => File.OpenRead(path), Path.GetFileName(path), cancellation);
            var first = problems.Kept.Count == 0 ? "" : $"; first problem: {problems.Kept[0].Code} line {problems.Kept[0].Line.ToString(CultureInfo.InvariantCulture)}: {problems.Kept[0].Message}";
            return Results.Ok(new OperatorAnswer(problems.ErrorCount == 0, string.Create(CultureInfo.InvariantCulture, $"{counts.Read} rows read, {counts.Usable} loaded{first}")));
        }
        catch (KeyNotFoundException e)
        {
            return Results.Problem(statusCode: 404, title: e.Message);
        }
        catch (InvalidOperationException e)
        {
            return Results.Ok(new OperatorAnswer(Done: false, e.Message));
        }
    }

    private static Task<IResult> ChangeAsync(string key, DefinitionStore definitions, AccountStore accounts, Func<IReadOnlyList<SavedFilter>, IReadOnlyList<SavedFilter>> change, string done) =>
        OnAccountAsync(key, definitions, accounts, async (clientId, account) =>
        {
            var changed = account with { Filters = change(account.Filters) };
            var faults = AccountFile.Faults(changed);
            if (faults.Count > 0) return Results.Problem(statusCode: 400, title: "CL4100: " + string.Join("; ", faults));
            await accounts.ApplyAsync(clientId, changed);
            return Results.Ok(new OperatorAnswer(Done: true, done));
        });

    private static Task<IResult> OnAccountAsync(string key, DefinitionStore definitions, AccountStore accounts, Func<long, AccountDefinition, Task<IResult>> act) =>
        definitions.OnClientAsync(key, async client => accounts.Find(client.Id) is { } account
            ? await act(client.Id, account.Value)
            : Results.Problem(statusCode: 404, title: $"CL3404: client '{key}' has no account"));
}
