using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

internal sealed partial class ForNode
{
    /// <summary>Longer loops stay loops: unrolled code must not outgrow the template it came from by orders of magnitude.</summary>
    private const int MaxUnrolled = 256;

    public override Node Bind(BindContext context)
    {
        var bound = header.Bind(context);
        var boundElse = otherwise?.Bind(context);
        if (context.MayUnroll && !(context.IsInLoop && context.Unit.UsesParentLoop) && bound.TryGetConstantItems(out var items) && items.Count <= MaxUnrolled && !body.Any(n => n is IncludeNode)
            && context.Budget.TryTakeNodes(items.Count * body.Count()))
        {
            return items.Count == 0 ? boundElse ?? BlockNode.Nothing : Unroll(bound, items, context);
        }

        var item = context.Enter(bound.VariableId, value: null);
        var loop = context.Enter(bound.LoopId, value: null);
        var wasInLoop = context.IsInLoop;
        context.IsInLoop = true;
        var boundBody = body.Bind(context);
        context.IsInLoop = wasInLoop;
        context.Leave(bound.LoopId, loop);
        context.Leave(bound.VariableId, item);
        return new ForNode(bound, boundBody, boundElse);
    }

    private Node Unroll(ForHeader bound, LoopItems items, BindContext context)
    {
        var passes = new Node[items.Count];
        var drops = new ForLoopDrop[items.Count];
        for (var i = 0; i < passes.Length; i++)
        {
            drops[i] = new ForLoopDrop { Name = bound.Name, Length = items.Count, Index = i, Parent = context.CurrentLoop };
            var item = context.Enter(bound.VariableId, items.At(bound.IsReversed ? items.Count - 1 - i : i));
            var loop = context.Enter(bound.LoopId, LiquidValue.FromDrop(drops[i]));
            var outer = context.CurrentLoop;
            context.CurrentLoop = drops[i];
            passes[i] = body.Bind(context);
            context.CurrentLoop = outer;
            context.Leave(bound.LoopId, loop);
            context.Leave(bound.VariableId, item);
        }

        return passes.Any(p => p.Any(n => n is InterruptNode or ForNode or UnrolledLoopNode))
            ? new UnrolledLoopNode(passes, drops)
            : BlockNode.Create(passes, new BlockCost(0, passes.Length));
    }
}
