namespace ClosedLoop.Liquid.Rendering;

/// <summary>
/// What one binding may spend. Nothing fails when it is used up: the rest of the template stays as it is, and its renders pay for it.
/// </summary>
internal sealed class FoldBudget
{
    private readonly LiquidLimits _limits;
    private long _nodes;
    private long _bytes;

    public FoldBudget(LiquidParseOptions options)
    {
        _limits = options.Limits;
        Work = new RenderBudget();
        Work.Start(options.Limits, options.TimeProvider, CancellationToken.None);
    }

    /// <summary>The steps and time of all expressions computed ahead, together.</summary>
    public RenderBudget Work { get; }

    /// <summary>Expressions are left as they are: computing those before took all steps or all time.</summary>
    public bool IsSpent { get; set; }

    /// <summary>Partials being put in place of their tags, from the outside in.</summary>
    public Stack<Partial> Partials { get; } = new();

    /// <summary>Takes the nodes of an unrolled loop or of a partial.</summary>
    public bool TryTakeNodes(long count)
    {
        if (count > _limits.MaxFoldedNodes - _nodes)
        {
            return false;
        }

        _nodes += count;
        return true;
    }

    /// <summary>Takes the bytes of an output computed ahead.</summary>
    public bool TryTakeBytes(long count)
    {
        if (count > _limits.MaxOutputBytes - _bytes)
        {
            return false;
        }

        _bytes += count;
        return true;
    }
}
