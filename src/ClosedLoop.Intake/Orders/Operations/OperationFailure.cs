using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>An operation cannot go on for a reason that has a key of its own (xml-delivery spec section 12).</summary>
internal sealed class OperationFailure : Exception
{
    public OperationFailure(OrderErrorCode code, string message, Exception? cause = null)
        : this([OrderProblem.Of(code, 0, 0, message)], cause)
    {
    }

    /// <param name="problems">Everything that was found; at least one is an error.</param>
    /// <param name="cause">What lies behind it.</param>
    public OperationFailure(IReadOnlyList<OrderProblem> problems, Exception? cause = null)
        : base($"the operation fails with {problems.First(problem => problem.IsError).Code}", cause) => Problems = problems;

    public IReadOnlyList<OrderProblem> Problems { get; }

    /// <summary>The error that the operation is filed under.</summary>
    public OrderProblem First => Problems.First(problem => problem.IsError);
}
