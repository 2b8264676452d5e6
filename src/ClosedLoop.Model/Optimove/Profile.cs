namespace ClosedLoop.Model.Optimove;

/// <summary>A person a client knows by an id of its own, with addresses and consent per medium.</summary>
public sealed record Profile
{
    /// <summary>Equal to Optimove's <c>CustomerID</c>; kept exactly, leading zeros as well.</summary>
    public required string ExternalId { get; init; }

    public string? Email { get; init; }

    public Consent EmailConsent { get; init; }

    /// <summary>With country code, as in <c>+32470000000</c>.</summary>
    public string? Phone { get; init; }

    public Consent PhoneConsent { get; init; }

    public Consent PushConsent { get; init; }

    /// <summary>Further values, for templates and hooks.</summary>
    public IReadOnlyDictionary<string, string?> Attributes { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Address of a medium other than push; null for none.</summary>
    public string? AddressOf(OptimoveMedium medium) => medium switch
    {
        OptimoveMedium.Email => Email,
        OptimoveMedium.Sms => Phone,
        _ => null,
    };

    public Consent ConsentTo(OptimoveMedium medium) => medium switch
    {
        OptimoveMedium.Email => EmailConsent,
        OptimoveMedium.Sms => PhoneConsent,
        _ => PushConsent,
    };
}
