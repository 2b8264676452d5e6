using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClosedLoop.Testing.Doubles;

/// <summary>Apple's push service: HTTP/2 over TLS, provider tokens verified with the team's key, one answer for each device.</summary>
internal sealed class ApnsDouble : HttpDouble
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate = TestCertificate.For("127.0.0.1");
    private readonly ConcurrentQueue<DoubleRequest> _taken = new();
    private readonly ConcurrentDictionary<string, byte> _providerTokens = new(StringComparer.Ordinal);

    /// <summary>Notifications taken.</summary>
    public IReadOnlyList<DoubleRequest> Taken => [.. _taken];

    /// <summary>Different provider tokens seen.</summary>
    public int ProviderTokens => _providerTokens.Count;

    /// <summary>The signing key as a <c>.p8</c> file.</summary>
    public string KeyPem => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>The certificate that stands for Apple's authority.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Seconds since 1970; provider tokens issued before are expired.</summary>
    public long OldestToken { get; set; }

    public static async Task<ApnsDouble> StartAsync()
    {
        var made = new ApnsDouble();
        await made.StartAsync(made._certificate, HttpProtocols.Http2);
        return made;
    }

    /// <summary>A refusal as APNs words it.</summary>
    public static DoubleFault Refusal(int status, string reason) => new(status, $"{{\"reason\":\"{reason}\"}}");

    protected override string? AddressOf(DoubleRequest request) => request.Path.StartsWith("/3/device/", StringComparison.Ordinal) ? request.Path["/3/device/".Length..] : null;

    protected override (int Status, string Body, IReadOnlyDictionary<string, string> Headers) Serve(DoubleRequest request)
    {
        if (request.Protocol != "HTTP/2") return Answer(505, "HttpVersion");
        if (Fault(request.Headers.GetValueOrDefault("authorization") ?? "") is { } fault) return Answer(403, fault);
        if (!request.Headers.ContainsKey("apns-topic")) return Answer(400, "MissingTopic");
        if (JsonDocument.Parse(request.Body).RootElement.ValueKind != JsonValueKind.Object) return Answer(400, "PayloadEmpty");
        _taken.Enqueue(request);
        return (200, "", new Dictionary<string, string> { ["apns-id"] = request.Headers.GetValueOrDefault("apns-id") ?? Guid.NewGuid().ToString() });
    }

    private static (int Status, string Body, IReadOnlyDictionary<string, string> Headers) Answer(int status, string reason) => (status, $"{{\"reason\":\"{reason}\"}}", new Dictionary<string, string>());

    private string? Fault(string authorization)
    {
        if (!authorization.StartsWith("bearer ", StringComparison.OrdinalIgnoreCase)) return "MissingProviderToken";
        var token = authorization["bearer ".Length..];
        _providerTokens[token] = 0;
        var parts = token.Split('.');
        if (parts.Length != 3 || !_key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)) return "InvalidProviderToken";
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        if (claims.GetProperty("iss").GetString() != "TEAM567890") return "InvalidProviderToken";
        return claims.GetProperty("iat").GetInt64() < OldestToken ? "ExpiredProviderToken" : null;
    }
}
