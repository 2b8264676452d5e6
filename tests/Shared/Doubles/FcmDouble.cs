using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace ClosedLoop.Testing.Doubles;

/// <summary>Firebase Cloud Messaging: the token endpoint, which verifies the service account's signature, and <c>messages:send</c>.</summary>
internal sealed class FcmDouble : HttpDouble
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<JsonElement> _messages = new();

    /// <summary>Messages taken.</summary>
    public IReadOnlyList<JsonElement> Messages => [.. _messages];

    /// <summary>Access tokens given out.</summary>
    public int TokensIssued { get; private set; }

    /// <summary>What <c>expires_in</c> says.</summary>
    public int TokenSeconds { get; set; } = 3600;

    /// <summary>The key file of the service account.</summary>
    public string ServiceAccountJson => JsonSerializer.Serialize(new
    {
        type = "service_account",
        project_id = "closed-loop-test",
        private_key_id = "k1",
        private_key = _key.ExportPkcs8PrivateKeyPem(),
        client_email = "sender@closed-loop-test.iam.example",
        token_uri = BaseUrl + "/token",
    });

    public static async Task<FcmDouble> StartAsync()
    {
        var made = new FcmDouble();
        await made.StartAsync(certificate: null);
        return made;
    }

    /// <summary>An error as FCM words it.</summary>
    public static string Error(int code, string status, string errorCode, string message = "said so") => JsonSerializer.Serialize(new
    {
        error = new { code, message, status, details = new object[] { new Dictionary<string, object> { ["@type"] = "type.googleapis.com/google.firebase.fcm.v1.FcmError", ["errorCode"] = errorCode } } },
    });

    /// <summary>Takes back every access token.</summary>
    public void RevokeTokens()
    {
        lock (_tokens) _tokens.Clear();
    }

    protected override string? AddressOf(DoubleRequest request) =>
        request.Path.EndsWith("messages:send", StringComparison.Ordinal) ? JsonDocument.Parse(request.Body).RootElement.GetProperty("message").GetProperty("token").GetString() : null;

    protected override (int Status, string Body, IReadOnlyDictionary<string, string> Headers) Serve(DoubleRequest request)
    {
        if (request.Path == "/token") return Answer(GiveToken(request.Body));
        if (request.Path != "/v1/projects/closed-loop-test/messages:send") return Answer((404, "{}"));
        lock (_tokens)
        {
            if (!request.Headers.TryGetValue("Authorization", out var bearer) || !_tokens.Contains(bearer["Bearer ".Length..])) return Answer((401, "{\"error\":{\"code\":401,\"status\":\"UNAUTHENTICATED\",\"message\":\"no\"}}"));
        }

        var message = JsonDocument.Parse(request.Body).RootElement.GetProperty("message").Clone();
        _messages.Enqueue(message);
        return Answer((200, $"{{\"name\":\"projects/closed-loop-test/messages/{_messages.Count}\"}}"));
    }

    private static (int Status, string Body, IReadOnlyDictionary<string, string> Headers) Answer((int Status, string Body) answer) =>
        (answer.Status, answer.Body, new Dictionary<string, string>());

    private (int Status, string Body) GiveToken(string body)
    {
        var form = HttpUtility.ParseQueryString(body);
        var parts = (form["assertion"] ?? "").Split('.');
        if (form["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer" || parts.Length != 3
            || !_key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return (400, "{\"error\":\"invalid_grant\"}");
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        if (claims.GetProperty("aud").GetString() != BaseUrl + "/token" || !claims.GetProperty("scope").GetString()!.EndsWith("firebase.messaging", StringComparison.Ordinal)) return (400, "{\"error\":\"invalid_scope\"}");
        lock (_tokens)
        {
            TokensIssued++;
            var token = $"access-{TokensIssued}";
            _tokens.Add(token);
            return (200, $"{{\"access_token\":\"{token}\",\"expires_in\":{TokenSeconds},\"token_type\":\"Bearer\"}}");
        }
    }
}
