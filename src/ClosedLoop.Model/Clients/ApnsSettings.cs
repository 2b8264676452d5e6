using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Clients;

/// <summary>Apple Push Notification service with token-based trust.</summary>
public sealed record ApnsSettings
{
    /// <summary>Absolute path of the signing key (<c>.p8</c>, PKCS #8, P-256).</summary>
    public required string KeyFile { get; init; }

    /// <summary>Key identifier, 10 characters.</summary>
    public required string KeyId { get; init; }

    /// <summary>Team identifier, 10 characters.</summary>
    public required string TeamId { get; init; }

    /// <summary>Bundle identifier of the app.</summary>
    public required string Topic { get; init; }

    /// <summary>Where notifications go; no slash at the end. <c>https://api.sandbox.push.apple.com</c> for development builds.</summary>
    public string BaseUrl { get; init; } = "https://api.push.apple.com";

    /// <summary>PEM file with the authorities that are believed in place of the machine's; null believes the machine's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CertificateFile { get; init; }
}
