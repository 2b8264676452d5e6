using ClosedLoop.Data.Mailings;

namespace ClosedLoop.Operations.Reading;

/// <summary>A mailing in a list.</summary>
/// <param name="Row">As stored.</param>
/// <param name="ClientKey">Key of its client.</param>
/// <param name="Counts">Recipients by state; <c>null</c> while they are being counted.</param>
public sealed record MailingLine(MailingRow Row, string ClientKey, StateCounts? Counts)
{
    /// <summary>How it goes; <c>null</c> where nobody asked for it.</summary>
    public MailingPace? Pace { get; init; }

    /// <summary>Whether the numbers add up; <c>null</c> while they are being counted.</summary>
    public bool? AddsUp => Counts is null ? null : Counts.Total == Row.Accepted;
}
