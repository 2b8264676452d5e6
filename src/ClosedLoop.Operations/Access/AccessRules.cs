using ClosedLoop.Data.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace ClosedLoop.Operations.Access;

/// <summary>Closed by default: what says nothing about itself needs a viewer who is signed in.</summary>
internal static class AccessRules
{
    public static void Add(AuthorizationOptions options)
    {
        foreach (var role in Enum.GetValues<OperatorRole>()) options.AddPolicy(role.ToString(), policy => Require(policy, role));
        options.DefaultPolicy = options.GetPolicy(nameof(OperatorRole.Viewer))!;
        options.FallbackPolicy = options.DefaultPolicy;
    }

    public static TBuilder Needs<TBuilder>(this TBuilder builder, OperatorRole role)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(role.ToString());

    private static void Require(AuthorizationPolicyBuilder policy, OperatorRole role) =>
        policy.RequireAuthenticatedUser().RequireAssertion(context => Caller.RoleOf(context.User) is { } found && found >= role);
}
