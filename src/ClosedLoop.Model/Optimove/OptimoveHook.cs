namespace ClosedLoop.Model.Optimove;

/// <summary>Tells Optimove attributes of a customer whenever something happens on our side (optimove spec section 10.5).</summary>
public sealed record OptimoveHook
{
    public required string Name { get; init; }

    /// <summary>Name of the event, such as <c>PURCHASE_COMPLETE</c>, <c>PROFILE_ATTRIBUTE_CHANGE</c> or <c>MESSAGE_LOG</c>.</summary>
    public required string Event { get; init; }

    public required IReadOnlyList<OptimoveHookField> Fields { get; init; }

    public bool Active { get; init; } = true;

    /// <summary>A value that is null empties the attribute; else it is left out.</summary>
    public bool ClearOnNull { get; init; }
}
