namespace ClosedLoop.Model.Optimove;

/// <summary>Where a value is in an event of ours, and the attribute that gets it.</summary>
public sealed record OptimoveHookField
{
    /// <summary>Members from the outside in, dots between, as in <c>attributes.total</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Real field name at Optimove.</summary>
    public required string RealFieldName { get; init; }
}
