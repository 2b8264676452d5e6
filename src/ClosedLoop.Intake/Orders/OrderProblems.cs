using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders;

/// <summary>Problems of one order and its lists: the first ones are kept, the rest is counted, so that a file in which all is wrong costs no more memory than a good one.</summary>
public sealed class OrderProblems(int capacity = 1000)
{
    private readonly List<OrderProblem> _errors = [];
    private readonly List<OrderProblem> _warnings = [];

    public IReadOnlyList<OrderProblem> Errors => _errors;

    public IReadOnlyList<OrderProblem> Warnings => _warnings;

    /// <summary>Kept errors and warnings by file, the order first, then by line and column.</summary>
    public IReadOnlyList<OrderProblem> Kept =>
        [.. _errors.Concat(_warnings).OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Column)];

    public long ErrorCount { get; private set; }

    public long WarningCount { get; private set; }

    /// <summary>Problems found but not kept.</summary>
    public long LeftOut => ErrorCount + WarningCount - _errors.Count - _warnings.Count;

    /// <summary>As many errors as are kept: further reading would tell nobody anything.</summary>
    public bool IsFull => _errors.Count >= capacity;

    public void Add(OrderProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var kept = problem.IsError ? _errors : _warnings;
        if (problem.IsError) ErrorCount++;
        else WarningCount++;
        if (kept.Count < capacity) kept.Add(problem);
    }

    public void Add(OrderErrorCode code, long line, int column, string message, string? file = null) => Add(OrderProblem.Of(code, line, column, message, file));

    /// <summary>Adds a problem whose cause and hint are more exact than those of its key.</summary>
    public void Add(OrderErrorCode code, long line, int column, string message, string cause, string hint) =>
        Add(new OrderProblem(code, null, line, column, message, cause, hint));
}
