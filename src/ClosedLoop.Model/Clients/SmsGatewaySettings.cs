using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Clients;

/// <summary>
/// Any other gateway that takes messages over HTTP. URL, headers and body hold <c>{to}</c>, <c>{to_digits}</c>, <c>{from}</c>, <c>{text}</c>, <c>{id}</c>, <c>{segments}</c>, <c>{receipt_url}</c>, <c>{secret:NAME}</c> (an environment
/// variable) and <c>{basic:USER:NAME}</c> (the two in Base64); values are escaped for the place they stand in.
/// </summary>
public sealed record SmsGatewaySettings
{
    /// <summary><c>POST</c>, <c>PUT</c> or <c>GET</c>.</summary>
    public string Method { get; init; } = "POST";

    public required string Url { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary><c>application/json</c>, <c>application/x-www-form-urlencoded</c>, <c>application/xml</c>, <c>text/xml</c> or <c>text/plain</c>: how values in the body are escaped.</summary>
    public string ContentType { get; init; } = "application/json";

    public string? Body { get; init; }

    /// <summary>What an answer means, tried in order; the first that fits decides. After them the status alone: 2xx accepted; 429 and 503 throttled; 3xx, 401, 403 and 404 a fault of the settings, which holds everybody; 408 and other 5xx unknown; the rest refused.</summary>
    public IReadOnlyList<GatewayRule> Rules { get; init; } = [];

    /// <summary>Where the provider's id stands in an answer: a path such as <c>messages.0.id</c> into JSON; null when it gives none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdPath { get; init; }

    /// <summary>Delivery reports of this gateway; null when it sends none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GatewayReceipts? Receipts { get; init; }
}
