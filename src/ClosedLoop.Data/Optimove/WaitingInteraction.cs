using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>Something Optimove is to be told.</summary>
public sealed record WaitingInteraction(
    string Campaign, string Label, int ChannelId, int TemplateId, InteractionKind Kind, string Customer, string TriggerKey, long OccurredAt, long CreatedAt);
