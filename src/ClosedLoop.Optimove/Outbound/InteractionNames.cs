using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Optimove.Outbound;

/// <summary>Interactions by name, and the numbers Optimove gives them (optimove spec section 7.2).</summary>
public static class InteractionNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<InteractionKind>().Select(Of)];

    public static string Of(InteractionKind kind) => kind switch
    {
        InteractionKind.Sent => "sent",
        InteractionKind.Delivered => "delivered",
        InteractionKind.Opened => "opened",
        InteractionKind.Clicked => "clicked",
        InteractionKind.Unsubscribed => "unsubscribed",
        InteractionKind.Dropped => "dropped",
        InteractionKind.Spam => "spam",
        _ => "bounced",
    };

    /// <summary>A bounce has another number as an interaction than as a metric.</summary>
    internal static int EventId(OptimoveDefinition definition, InteractionKind kind) =>
        definition.EventIds.TryGetValue(Of(kind), out var id) ? id : kind == InteractionKind.Bounced ? 7 : (int)kind;
}
