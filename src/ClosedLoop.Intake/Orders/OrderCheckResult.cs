using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders;

/// <summary>What checking an order with its lists gave.</summary>
public sealed class OrderCheckResult
{
    /// <summary>Null when there is an error in the order.</summary>
    public required Order? Order { get; init; }

    public required OrderProblems Problems { get; init; }

    /// <summary>Rows of the normal delivery; null when it takes a filter or there is none.</summary>
    public required RowCounts? Normal { get; init; }

    /// <summary>Rows of the test delivery; null when it takes a filter or there is none.</summary>
    public required RowCounts? Test { get; init; }

    /// <summary>When the normal delivery starts; null means at once, or when an operator says so.</summary>
    public required DateTimeOffset? StartsAt { get; init; }

    public bool Failed => Problems.ErrorCount > 0;
}
