using ClosedLoop.Liquid.Conditions;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>if</c> and <c>unless</c>: the first branch whose condition holds. <c>else</c> is a branch that always holds.</summary>
internal sealed class IfNode(IfBranch[] branches) : Node
{
    public override bool IsBlank => Array.TrueForAll(branches, b => b.Body.IsBlank);

    public override IEnumerable<Node> Children => branches.Select(b => b.Body);

    /// <summary>There is an <c>else</c>.</summary>
    public bool AlwaysTakesOne => branches[^1].Condition == ConstantCondition.True;

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        foreach (var branch in branches)
        {
            if (branch.Condition.Evaluate(context))
            {
                return branch.Body.Render(context, ref output);
            }
        }

        return Completion.Normal;
    }

    public override bool MayFill => Array.TrueForAll(branches, b => b.Condition.NeedsOnlyRow && b.Body.MayFill);

    public override int TryFill(LiquidRow row, scoped Span<byte> room, ref BlockCost cost)
    {
        foreach (var branch in branches)
        {
            switch (branch.Condition.TryEvaluate(row))
            {
                case true:
                    return branch.Body.TryFill(row, room, ref cost);
                case null:
                    return -1;
            }
        }

        return 0;
    }

    public override Node Bind(BindContext context)
    {
        var bound = new List<IfBranch>();
        foreach (var branch in branches)
        {
            var condition = branch.Condition.Bind(context);
            if (condition == ConstantCondition.False)
            {
                continue;
            }

            bound.Add(new IfBranch(condition, branch.Body.Bind(context)));
            if (condition == ConstantCondition.True)
            {
                break;
            }
        }

        return bound switch
        {
            [] => BlockNode.Nothing,
            [var only] when only.Condition == ConstantCondition.True => only.Body,
            _ => new IfNode([.. bound]),
        };
    }
}
