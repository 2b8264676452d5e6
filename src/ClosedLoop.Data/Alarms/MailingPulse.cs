using ClosedLoop.Data.Mailings;

namespace ClosedLoop.Data.Alarms;

/// <summary>Where an unfinished mailing stands, in one look at its ledger.</summary>
public sealed record MailingPulse
{
    public required MailingRow Mailing { get; init; }

    public required long Waiting { get; init; }

    /// <summary>Waiting recipients whose time has come.</summary>
    public required long Ready { get; init; }

    /// <summary>Microseconds; earliest time that has come of those who were sent back to wait, or <c>null</c>.</summary>
    public required long? OldestDue { get; init; }

    public required long Settled { get; init; }

    public required long Attempts { get; init; }

    /// <summary>First recipient whose time has come; -1 for nobody.</summary>
    public required int FirstReady { get; init; }

    /// <summary>Claimed recipients and which attempt it is.</summary>
    public required IReadOnlyList<(int Sequence, int Attempt)> Claimed { get; init; }
}
