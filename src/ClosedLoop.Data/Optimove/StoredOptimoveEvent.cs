namespace ClosedLoop.Data.Optimove;

/// <summary>A stored call that waits to be worked on.</summary>
public sealed record StoredOptimoveEvent(
    long EventId, int Type, string Campaign, int ChannelId, int? TemplateId, string? Customer, long OccurredAt, long ReceivedAt, byte[] Raw);
