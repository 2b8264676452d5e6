namespace ClosedLoop.Model.Orders;

/// <summary>Who gets the summary of the operation (xml-delivery spec section 13).</summary>
public sealed record OrderReport
{
    /// <summary>The recipients replace the configured list; otherwise they join it.</summary>
    public bool Overwrite { get; init; }

    public IReadOnlyList<string> Recipients { get; init; } = [];
}
