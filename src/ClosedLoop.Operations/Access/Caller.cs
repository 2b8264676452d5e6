using System.Globalization;
using System.Security.Claims;
using ClosedLoop.Data.Access;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Access;

/// <summary>Who asks.</summary>
/// <param name="Name">As it stands in the audit.</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="Origin">By which way the caller came: <c>dashboard</c>, <c>api</c> or <c>command line</c>.</param>
/// <param name="ClientId">The only client the caller sees; <c>null</c> for all.</param>
/// <param name="RequestId">The request.</param>
public sealed record Caller(string Name, OperatorRole Role, string Origin, long? ClientId, string RequestId)
{
    public const string RoleClaim = "cl.role";
    public const string OriginClaim = "cl.origin";
    public const string ClientClaim = "cl.client";
    public const string StampClaim = "cl.stamp";
    public const string UntilClaim = "cl.until";
    public const string WayClaim = "cl.way";
    public const string PersonClaim = "cl.person";

    /// <summary>The person behind the call, where two people have to decide; <c>null</c> for the command line, the link of the first start, a job, and a key that no user has made (decision 032).</summary>
    public string? Person { get; init; }

    public static Caller Of(HttpContext context)
    {
        var user = context.User;
        return new Caller(
            user.Identity?.Name ?? "nobody",
            RoleOf(user) ?? OperatorRole.Viewer,
            user.FindFirstValue(OriginClaim) ?? "dashboard",
            long.TryParse(user.FindFirstValue(ClientClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var client) ? client : null,
            context.TraceIdentifier)
        {
            Person = user.FindFirstValue(WayClaim) is Sessions.ByPassword or Sessions.ByOpenId && user.Identity?.Name is { } name ? UserStore.Fold(name) : user.FindFirstValue(PersonClaim),
        };
    }

    /// <summary>The role of somebody who is signed in; <c>null</c> for anybody else.</summary>
    public static OperatorRole? RoleOf(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } && Enum.TryParse<OperatorRole>(user.FindFirstValue(RoleClaim), out var role) ? role : null;

    public bool May(OperatorRole role) => Role >= role;

    /// <summary>Whether the caller sees what belongs to a client.</summary>
    public bool Sees(long clientId) => ClientId is null || ClientId == clientId;

    /// <summary>The claims of a session or a request.</summary>
    public static ClaimsPrincipal Principal(string scheme, string name, OperatorRole role, string origin, long? clientId = null, params IEnumerable<Claim> more)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.Name, name));
        identity.AddClaim(new Claim(RoleClaim, role.ToString()));
        identity.AddClaim(new Claim(OriginClaim, origin));
        if (clientId is { } id) identity.AddClaim(new Claim(ClientClaim, id.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaims(more);
        return new ClaimsPrincipal(identity);
    }
}
