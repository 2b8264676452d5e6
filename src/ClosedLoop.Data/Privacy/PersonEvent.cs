using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;

namespace ClosedLoop.Data.Privacy;

/// <summary>What a person did with a message. <paramref name="OccurredAt"/> in microseconds.</summary>
public sealed record PersonEvent(TrackedEventKind Kind, long OccurredAt, int LinkOrdinal, bool Automated, string? Browser, string? Platform, string? Device)
{
    /// <summary>Who was behind it; null for what was stored before there were verdicts, and for unsubscribes.</summary>
    public EventVerdict? Verdict { get; init; }

    /// <summary>0 a person for certain, 100 a machine.</summary>
    public int? Score { get; init; }

    /// <summary>What the verdict rests on.</summary>
    public EventSigns? Reasons { get; init; }
}
