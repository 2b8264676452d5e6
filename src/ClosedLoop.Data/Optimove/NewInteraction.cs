using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>Something that happened to a customer.</summary>
public sealed record NewInteraction(
    long ClientId, string Campaign, int ChannelId, int TemplateId, InteractionKind Kind, string Customer, string TriggerKey, string Label, long OccurredAt);
