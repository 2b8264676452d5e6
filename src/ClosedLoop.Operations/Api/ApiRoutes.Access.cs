using ClosedLoop.Data.Access;
using ClosedLoop.Data.Clients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private static void MapAccess(RouteGroupBuilder parent)
    {
        var api = parent.MapGroup("/access").WithTags("Access").AddEndpointFilter(async (invocation, next) =>
            Caller.Of(invocation.HttpContext).ClientId is null ? await next(invocation) : Problems.Forbidden);
        api.MapGet("/users", (UserStore users) => TypedResults.Ok<IReadOnlyList<ApiUser>>(
            [.. users.All().Select(user => new ApiUser(user.Name, Role(user.Role), user.Disabled, ApiShapes.At(user.CreatedAt), ApiShapes.At(user.SignedInAt)))])).Tells<IReadOnlyList<ApiUser>>("People who may sign in").Needs(OperatorRole.Admin);
        api.MapPost("/users", (HttpContext context, AccessActions actions, ApiNewUser user) => ApiAnswers.OfAsync(actions.AddUserAsync(Caller.Of(context), user.Name, user.Role, user.Password))).Acts("Adds a user", OperatorRole.Admin);
        api.MapPost("/users/{name}/disable", (HttpContext context, AccessActions actions, string name) => ApiAnswers.OfAsync(actions.ChangeUserAsync(Caller.Of(context), name, role: null, disabled: true, password: null)))
            .Acts("Keeps a user out and ends open sessions", OperatorRole.Admin);
        api.MapPost("/users/{name}/enable", (HttpContext context, AccessActions actions, string name) => ApiAnswers.OfAsync(actions.ChangeUserAsync(Caller.Of(context), name, role: null, disabled: false, password: null)))
            .Acts("Lets a user in again", OperatorRole.Admin);
        api.MapGet("/keys", (ApiKeyStore keys, DefinitionStore definitions) => TypedResults.Ok<IReadOnlyList<ApiKeyInfo>>([.. keys.All().Select(key => new ApiKeyInfo(
            key.Id, key.Name, Role(key.Role), key.ClientId is { } id ? definitions.FindClient(id)?.Value.Key : null, ApiShapes.At(key.CreatedAt), ApiShapes.At(key.ExpiresAt), ApiShapes.At(key.UsedAt), ApiShapes.At(key.RevokedAt)))]))
            .Tells<IReadOnlyList<ApiKeyInfo>>("Keys of programs").Needs(OperatorRole.Admin);
        api.MapPost("/keys", async (HttpContext context, AccessActions actions, ApiNewKey wanted) =>
        {
            var (result, key) = await actions.AddKeyAsync(Caller.Of(context), wanted.Name, wanted.Role, wanted.Client, wanted.Days);
            return key is null ? ApiAnswers.Of(result) : TypedResults.Ok(new ApiMadeKey(KeyText.Read(key)!.Value.Id, key));
        }).Needs(OperatorRole.Admin).WithSummary("Makes a key; its text is told this once").Produces<ApiMadeKey>().ProducesProblem(400).ProducesProblem(404);
        api.MapPost("/keys/{id}/revoke", (HttpContext context, AccessActions actions, string id) => ApiAnswers.OfAsync(actions.RevokeKeyAsync(Caller.Of(context), id))).Acts("Takes a key back", OperatorRole.Admin);
        api.MapPost("/links", (HttpContext context, SignInLinks links, OperationsOptions options) => Caller.Of(context).Origin == "command line"
            ? TypedResults.Ok(new ApiLink($"{options.Front()}/login?token={links.Create()}"))
            : Problems.Forbidden).Needs(OperatorRole.Admin).WithSummary("Makes a link that signs in once, from the machine of the service").Produces<ApiLink>();
    }

    private static string Role(OperatorRole role) => role.ToString().ToLowerInvariant();
}
