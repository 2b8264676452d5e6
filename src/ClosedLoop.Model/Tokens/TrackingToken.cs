namespace ClosedLoop.Model.Tokens;

/// <summary>What a token whose signature held says.</summary>
/// <param name="Kind">What the token may be used for.</param>
/// <param name="MailingId">The mailing.</param>
/// <param name="RecipientSequence">Position of the recipient in the mailing's ledger.</param>
/// <param name="LinkOrdinal">Position of the link in the message; 0 for every kind but <see cref="TrackingTokenKind.Click"/>.</param>
/// <param name="Target">Absolute http or https URL; null for every kind but <see cref="TrackingTokenKind.Click"/>.</param>
public readonly record struct TrackingToken(
    TrackingTokenKind Kind,
    long MailingId,
    long RecipientSequence,
    int LinkOrdinal = 0,
    string? Target = null);
