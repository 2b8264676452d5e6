using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Hosting;

/// <summary>Says of routes which listener they answer on.</summary>
/// <param name="Kind">The listener.</param>
public sealed record OnListener(ListenerKind Kind)
{
    /// <summary>A group of routes for the world: no sign-in, and not on the operator listener.</summary>
    public static RouteGroupBuilder Public(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGroup("").WithMetadata(new OnListener(ListenerKind.Public), new AllowAnonymousAttribute(), new ExcludeFromDescriptionAttribute());
}
