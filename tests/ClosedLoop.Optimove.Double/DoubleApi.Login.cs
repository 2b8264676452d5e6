using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ClosedLoop.Optimove.Double;

/// <summary>The older login (section 2): a token for 20 minutes after the last call, one login a second, none while the last one is good.</summary>
internal sealed partial class DoubleApi
{
    private (int Status, string? Body) Login(HttpContext context, string body)
    {
        if (!state.LegacyLogin) return (404, "no such function");
        if (context.Request.Method != "POST") return (405, "wrong verb");
        var asked = JsonNode.Parse(body)!.AsObject();
        var (name, password) = ((asked["UserName"] ?? asked["Username"])?.GetValue<string>() ?? "", asked["Password"]?.GetValue<string>());
        lock (state.Lock)
        {
            var isTooSoon = state.Now - state.LastLogin < TimeSpan.FromSeconds(1);
            state.LastLogin = state.Now;
            if (isTooSoon) return (429, """{"status":429,"error":"Too Many Requests","message":"more than one login in a second"}""");
            if (!state.Users.TryGetValue(name, out var user) || user.Password != password) return (state.LoginFailure, "\"login failed\"");
            if (state.Tokens.Values.Any(login => login.User == name && IsGood(login.LastCall))) return (429, """{"status":429,"error":"Too Many Requests","message":"the last login is still good"}""");
            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
            state.Tokens[token] = (name, state.Now);
            return (200, $"\"{token}\"");
        }
    }

    /// <returns>The role of the token's user; null for a token that is not good, with what to answer.</returns>
    private KeyRole? RoleOf(string token, out (int Status, string? Body) refusal)
    {
        refusal = (401, "\"unknown token\"");
        lock (state.Lock)
        {
            if (!state.Tokens.TryGetValue(token, out var login) || !state.Users.TryGetValue(login.User, out var user)) return null;
            refusal = (403, "\"The authorization token has expired\"");
            if (!IsGood(login.LastCall)) return null;
            state.Tokens[token] = (login.User, state.Now);
            return user.Role;
        }
    }

    private bool IsGood(DateTimeOffset lastCall) => state.Now - lastCall < TimeSpan.FromMinutes(20);
}
