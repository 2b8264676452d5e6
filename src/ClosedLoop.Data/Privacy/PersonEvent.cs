using ClosedLoop.Model.Events;

namespace ClosedLoop.Data.Privacy;

/// <summary>What a person did with a message. <paramref name="OccurredAt"/> in microseconds.</summary>
public sealed record PersonEvent(TrackedEventKind Kind, long OccurredAt, int LinkOrdinal, bool Automated, string? Browser, string? Platform, string? Device);
