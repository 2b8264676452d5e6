using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Settings of orders that are the installation's.</summary>
public sealed record OrderOptions
{
    /// <summary>Folder of the private copies; only the service reads it.</summary>
    public required string WorkPath { get; init; }

    /// <summary>Bounds on what an order may cost.</summary>
    public OrderLimits Limits { get; init; } = OrderLimits.Default;

    /// <summary>Skipped rows that feedback lists; the others are counted.</summary>
    public int ListedRows { get; init; } = 100;

    /// <summary>Least time between two reports while recipients are loaded.</summary>
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Called after each durable step; a test throws here to stand for a crash.</summary>
    internal Action<long, OperationStep>? Reached { get; init; }
}
