using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using ClosedLoop.Data.Access;

namespace ClosedLoop.Operations.Access;

/// <summary>Who somebody is here, of whom an issuer has told.</summary>
internal static class OpenIdRoles
{
    /// <summary>Our claims for somebody who is known elsewhere; <c>null</c> for somebody without a role here.</summary>
    /// <param name="elsewhere">What the issuer says.</param>
    /// <param name="openId">How to read it.</param>
    /// <param name="until">When the session ends, whatever is done in it: here nobody learns that an account was closed there.</param>
    public static ClaimsPrincipal? PrincipalOf(ClaimsPrincipal elsewhere, OpenIdOptions openId, DateTimeOffset until)
    {
        var roles = Values(elsewhere, openId.RoleClaim).ToHashSet(StringComparer.Ordinal);
        OperatorRole? role = roles.Contains(openId.AdminRole) ? OperatorRole.Admin : roles.Contains(openId.OperatorRole) ? OperatorRole.Operator : roles.Contains(openId.ViewerRole) ? OperatorRole.Viewer : null;
        if (role is not { } found) return null;
        return Caller.Principal(
            OpenIdSetup.Scheme, NameOf(elsewhere, openId), found, "dashboard", clientId: null, new Claim(Caller.WayClaim, Sessions.ByOpenId),
            new Claim(Caller.UntilClaim, until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
    }

    public static string NameOf(ClaimsPrincipal elsewhere, OpenIdOptions openId) => elsewhere.FindFirstValue(openId.NameClaim) ?? elsewhere.FindFirstValue("sub") ?? "unknown";

    /// <summary>Values of a claim, or of a member of one that is an object: <c>realm_access.roles</c>.</summary>
    private static IEnumerable<string> Values(ClaimsPrincipal elsewhere, string name)
    {
        var plain = elsewhere.FindAll(name).Select(claim => claim.Value).ToList();
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (plain.Count > 0 || dot <= 0 || elsewhere.FindFirstValue(name[..dot]) is not { } text) return plain;
        try
        {
            using var document = JsonDocument.Parse(text);
            var element = document.RootElement;
            foreach (var step in name[(dot + 1)..].Split('.'))
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element)) return [];
            }

            return element.ValueKind switch
            {
                JsonValueKind.Array => [.. element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
                JsonValueKind.String => [element.GetString()!],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
