using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Operations.Tests.OpenId;

/// <summary>
/// An issuer of OpenID Connect: discovery, keys, authorization code with PKCE (S256 only), RS256, end of session. It checks what a strict one checks, and does wrong what it is told to. Written from OpenID Connect Core 1.0, Discovery 1.0, RFC 7636 and
/// RFC 7519.
/// </summary>
public sealed class Issuer : IAsyncDisposable
{
    public const string ClientId = "closedloop-test";
    public const string ClientSecret = "a secret of the client";

    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _stranger = RSA.Create(2048);
    private readonly Dictionary<string, (string Redirect, string Challenge, string Nonce)> _codes = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private Issuer(string address)
    {
        Address = address;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address,
            authorization_endpoint = Address + "/authorize",
            token_endpoint = Address + "/token",
            jwks_uri = Address + "/keys",
            end_session_endpoint = Address + "/leave",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
            code_challenge_methods_supported = new[] { "S256" },
        }));
        _app.MapGet("/keys", () =>
        {
            var key = _key.ExportParameters(includePrivateParameters: false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "one", n = WebEncoders.Base64UrlEncode(key.Modulus!), e = WebEncoders.Base64UrlEncode(key.Exponent!) } } });
        });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", (Delegate)TokenAsync);
        _app.MapGet("/leave", (HttpContext context) =>
        {
            Left.Add(context.Request.Query["client_id"].ToString());
            return Results.Redirect(context.Request.Query["post_logout_redirect_uri"].ToString() + "?state=" + Uri.EscapeDataString(context.Request.Query["state"].ToString()));
        });
    }

    public string Address { get; }

    public IssuerFault Fault { get; set; }

    /// <summary>Claims beyond the standard ones.</summary>
    public JsonObject Claims { get; set; } = [];

    /// <summary>Clients that ended a session.</summary>
    public List<string> Left { get; } = [];

    /// <summary>Codes that were given out for a token a second time, or with another verifier; each is an error of the client.</summary>
    public List<string> Objections { get; } = [];

    public static async Task<Issuer> StartAsync()
    {
        var issuer = new Issuer("http://127.0.0.1:" + Testing.Installations.Ports.Free().ToString(CultureInfo.InvariantCulture));
        await issuer._app.StartAsync();
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _stranger.Dispose();
    }

    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        string Of(string name) => query[name].ToString();
        if (Of("client_id") != ClientId || Of("response_type") != "code" || !Of("scope").Split(' ').Contains("openid") || Of("code_challenge_method") != "S256" || Of("nonce").Length == 0 || Of("state").Length == 0)
        {
            Objections.Add("authorize" + context.Request.QueryString);
            return Results.BadRequest();
        }

        var back = Of("redirect_uri");
        if (Fault == IssuerFault.Denied) return Results.Redirect(QueryHelpers.AddQueryString(back, new Dictionary<string, string?>(StringComparer.Ordinal) { ["error"] = "access_denied", ["state"] = Of("state") }));
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (back, Of("code_challenge"), Of("nonce"));
        return Results.Redirect(QueryHelpers.AddQueryString(back, new Dictionary<string, string?>(StringComparer.Ordinal) { ["code"] = code, ["state"] = Of("state") }));
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (Fault == IssuerFault.NoToken) return Results.Json(new { error = "server_error" }, statusCode: 500);
        var isKnown = _codes.Remove(form["code"].ToString(), out var asked);
        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!isKnown || asked.Redirect != form["redirect_uri"] || asked.Challenge != challenge || form["client_id"] != ClientId || form["client_secret"] != ClientSecret || form["grant_type"] != "authorization_code")
        {
            Objections.Add("token " + string.Join('&', form.Keys));
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        return Results.Json(new { access_token = "opaque", token_type = "Bearer", expires_in = 300, id_token = Token(asked.Nonce) });
    }

    private string Token(string nonce)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Fault == IssuerFault.WrongIssuer ? "http://somebody.example" : Address,
            ["sub"] = "248289761001",
            ["aud"] = Fault == IssuerFault.WrongAudience ? "somebody else" : ClientId,
            ["iat"] = now,
            ["exp"] = Fault == IssuerFault.Expired ? now - 600 : now + 300,
        };
        if (Fault == IssuerFault.Expired) claims["iat"] = now - 900;
        if (Fault != IssuerFault.NoNonce) claims["nonce"] = Fault == IssuerFault.WrongNonce ? "of another request" : nonce;
        foreach (var (name, value) in Claims) claims[name] = value?.DeepClone();
        var head = Part(new JsonObject { ["alg"] = Fault == IssuerFault.NotSigned ? "none" : "RS256", ["typ"] = "JWT", ["kid"] = Fault == IssuerFault.UnknownKey ? "two" : "one" });
        var body = Part(claims);
        if (Fault == IssuerFault.NotSigned) return $"{head}.{body}.";
        var signature = (Fault == IssuerFault.UnknownKey ? _stranger : _key).SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (Fault == IssuerFault.Tampered)
        {
            claims["sub"] = "another";
            body = Part(claims);
        }

        return $"{head}.{body}.{WebEncoders.Base64UrlEncode(signature)}";
    }

    private static string Part(JsonObject json) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(json));
}
