namespace ClosedLoop.Model.Optimove;

/// <summary>An attribute of Optimove and the column of the client's list that it fills (optimove spec section 6).</summary>
public sealed record OptimoveParam
{
    /// <summary>Real field name at Optimove.</summary>
    public required string OptimoveName { get; init; }

    /// <summary>Field of the client's list, for templates.</summary>
    public required string PrettyName { get; init; }
}
