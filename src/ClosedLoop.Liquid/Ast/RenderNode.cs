using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>render</c>: a partial that sees only what it is given, besides columns and frozen data.</summary>
/// <param name="header">What stands in the tag.</param>
/// <param name="partialName">The partial's name.</param>
/// <param name="body">The partial's body bound to frozen data; null to take the partial as it was read.</param>
internal sealed class RenderNode(PartialHeader header, string partialName, Node? body) : Node
{
    public int Position => header.Position;

    public override IEnumerable<Node> Children => body is null ? [] : [body];

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        context.Position = header.Position;
        var partial = context.Unit.LoadPartial(partialName, context);
        var value = header.Bound?.Evaluate(context) ?? LiquidValue.Nil;
        if (header.IsFor && (value.Kind is LiquidKind.Array or LiquidKind.Hash or LiquidKind.Range))
        {
            var items = LoopItems.Create(value, 0, limit: null);
            var loop = new ForLoopDrop { Name = partialName, Length = items.Count };
            for (long i = 0; i < items.Count; i++)
            {
                context.Budget.Iterate();
                loop.Index = i;
                RenderOnce(context, partial, items.At(i), loop, ref output);
            }
        }
        else
        {
            RenderOnce(context, partial, value, loop: null, ref output);
        }

        return Completion.Normal;
    }

    public override Node Bind(BindContext context)
    {
        var bound = header.Bind(context);
        if (context.EnterPartial(partialName) is not { } partial)
        {
            return new RenderNode(bound, partialName, body: null);
        }

        var inside = context.Inside(partial, isIsolated: true);
        var names = context.Unit.Names;
        if (bound.IsFor)
        {
            inside.Enter(names.GetId("forloop"), value: null);
        }

        foreach (var (name, argument) in bound.Arguments)
        {
            inside.EnterAssignable(names.GetId(name), (argument as ConstantExpression)?.Value);
        }

        if (bound.Bound is not null)
        {
            // A nil value leaves an argument of the same name alone, so only the render can tell.
            inside.EnterAssignable(names.GetId(bound.VariableName(partialName)), bound is { IsFor: false, Bound: ConstantExpression { Value.IsNil: false } known } ? known.Value : null);
        }

        var boundBody = partial.Body.Bind(inside);
        context.LeavePartial();
        return !bound.IsFor && boundBody.IsConstant ? boundBody : new RenderNode(bound, partialName, boundBody);
    }

    private void RenderOnce(RenderContext context, Partial partial, in LiquidValue value, ForLoopDrop? loop, ref Utf8Writer output)
    {
        var names = context.Unit.Names;
        var inner = ContextPool.Rent();
        var source = context.EnterPartial(context.Source, header.Position);
        inner.OpenIsolated(context, partial.Source);
        if (loop is not null)
        {
            inner.SetGlobal(names.GetId("forloop"), LiquidValue.FromDrop(loop));
        }

        foreach (var (name, argument) in header.Arguments)
        {
            inner.SetGlobal(names.GetId(name), argument.Evaluate(context));
        }

        if (!value.IsNil)
        {
            inner.SetGlobal(names.GetId(header.VariableName(partialName)), value);
        }

        try
        {
            (body ?? partial.Body).Render(inner, ref output);
        }
        catch (LimitException e)
        {
            throw new LiquidRenderException(e.Code, e.Message, e.Expected, inner.Source, inner.Position, e);
        }
        finally
        {
            ContextPool.Return(inner);
        }

        context.LeavePartial(source);
    }
}
