namespace ClosedLoop.Intake.Orders.Filters;

/// <summary>An expression that is no filter. The message begins with its code and holds the position.</summary>
public sealed class FilterException(string code, int position, string message)
    : Exception(FormattableString.Invariant($"{code}: position {position}: {message}"))
{
    public string Code { get; } = code;

    /// <summary>Character of the expression, from 1.</summary>
    public int Position { get; } = position;
}
