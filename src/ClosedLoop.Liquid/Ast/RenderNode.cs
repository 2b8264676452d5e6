using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>render</c>: a partial that sees only what it is given, besides columns and frozen data.</summary>
internal sealed class RenderNode(PartialHeader header, string partialName) : Node
{
    public int Position => header.Position;

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

    public override Node Bind(BindContext context) => new RenderNode(header.Bind(context), partialName);

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
            partial.Body.Render(inner, ref output);
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
