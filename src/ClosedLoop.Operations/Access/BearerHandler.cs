using System.Security.Claims;
using System.Text.Encodings.Web;
using ClosedLoop.Data.Access;
using ClosedLoop.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClosedLoop.Operations.Access;

/// <summary><c>Authorization: Bearer</c> with an API key, or with the token of the command line on this machine.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> scheme, ILoggerFactory logger, UrlEncoder encoder, OperationsOptions options, ApiKeyStore keys, UserStore users, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(scheme, logger, encoder)
{
    public const string Name = "Bearer";
    private const string Start = "Bearer ";

    /// <summary>Uses closer together than this are not each written down.</summary>
    private const long NoteEvery = 60_000_000;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString() is not { Length: < 500 } header || !header.StartsWith(Start, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var text = header[Start.Length..].Trim();
        if (KeyText.AreEqual(text, options.CommandLineToken)) return Success("command line", OperatorRole.Admin, "command line", clientId: null);
        if (KeyText.Read(text) is not var (id, secret) || keys.Find(id) is not { } key) return Refused();
        var now = time.NowMicroseconds();
        if (!KeyText.AreEqual(key.Hash, KeyText.HashOf(secret)) || key.RevokedAt is not null || key.ExpiresAt <= now) return Refused();
        if (key.UsedAt is not { } used || now - used > NoteEvery) await keys.UsedAsync(id);
        return Success($"key {key.Name} ({key.Id})", key.Role, "api", key.ClientId, PersonOf(key));
    }

    /// <summary>A key is its maker's hand: it gives nobody a second voice, and none to somebody who may not sign in any more.</summary>
    private string? PersonOf(ApiKey key) => key.Person is { } person && users.Find(person) is not { Disabled: true } ? person : null;

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Name;
        return Problems.Unauthorised.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.Forbidden.ExecuteAsync(Context);

    private static AuthenticateResult Refused() => AuthenticateResult.Fail("the key is not in force");

    private static AuthenticateResult Success(string name, OperatorRole role, string origin, long? clientId, string? person = null) => AuthenticateResult.Success(
        new AuthenticationTicket(Caller.Principal(Name, name, role, origin, clientId, person is null ? [] : [new Claim(Caller.PersonClaim, person)]), Name));
}
