namespace ClosedLoop.Mailings.Mailings;

/// <summary>What people decided about a mailing; where it stands is in the mailing row, who got it in the ledger.</summary>
[GenerateSerializer, Alias("ClosedLoop.MailingDecisions")]
public sealed class MailingDecisions
{
    /// <summary>Why the mailing was paused or cancelled last.</summary>
    [Id(0)]
    public string? Reason { get; set; }

    /// <summary>When, in microseconds since 1970.</summary>
    [Id(1)]
    public long DecidedAt { get; set; }
}
