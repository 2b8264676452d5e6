namespace ClosedLoop.Liquid.Ast;

/// <summary>
/// What rendering a block takes from the limits, besides what the nodes inside it take themselves. Folding leaves it as it was:
/// a loop that became text still counts as a loop.
/// </summary>
internal readonly record struct BlockCost(long Steps, long Iterations)
{
    public static BlockCost operator +(BlockCost left, BlockCost right) => new(left.Steps + right.Steps, left.Iterations + right.Iterations);
}
