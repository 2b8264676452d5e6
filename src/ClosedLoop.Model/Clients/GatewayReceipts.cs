using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Clients;

/// <summary>Delivery reports of a gateway: form fields or a JSON object, posted to <c>/channels/sms/CLIENT/receipt</c> with a secret.</summary>
public sealed record GatewayReceipts
{
    /// <summary>Name of the environment variable with the secret that stands in <see cref="SecretHeader"/>.</summary>
    public required string SecretSetting { get; init; }

    public string SecretHeader { get; init; } = "X-Receipt-Secret";

    /// <summary>Path of the provider's id.</summary>
    public string IdPath { get; init; } = "id";

    /// <summary>Path of our own reference, where the gateway repeats what the request had as <c>{reference}</c>; null where it does not. Reports to <c>{receipt_url}</c> have it in their address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReferencePath { get; init; }

    /// <summary>Path of the state.</summary>
    public string StatusPath { get; init; } = "status";

    /// <summary>States that mean delivered.</summary>
    public IReadOnlyList<string> Delivered { get; init; } = ["delivered", "DELIVRD"];

    /// <summary>States that mean it never will be: a number that is none.</summary>
    public IReadOnlyList<string> Hard { get; init; } = ["undeliverable", "UNDELIV"];

    /// <summary>States that mean it was not this time.</summary>
    public IReadOnlyList<string> Soft { get; init; } = ["failed", "expired", "EXPIRED", "rejected", "REJECTD", "DELETED"];
}
