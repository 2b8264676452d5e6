using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>A final sum Optimove is to be told.</summary>
public sealed record WaitingTotal(string Campaign, string Label, int ChannelId, int TemplateId, InteractionKind Kind, long Value);
