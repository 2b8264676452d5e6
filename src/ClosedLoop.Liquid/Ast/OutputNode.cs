using System.Buffers;
using ClosedLoop.Liquid.Escaping;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>{{ expression }}</c> and <c>echo</c> in their general form.</summary>
internal sealed class OutputNode(Expression expression, bool escape) : Node
{
    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        ValueWriter.Write(expression.Evaluate(context), escape, ref output);
        return Completion.Normal;
    }

    public override Node Bind(BindContext context)
    {
        var bound = expression.Bind(context);
        if (bound is ConstantExpression constant && TryRender(constant.Value, context, out var bytes))
        {
            return new TextNode(bytes);
        }

        var general = new OutputNode(bound, escape);
        if (bound is SlotExpression { Slot: { IsHtml: true } html } && context.Unit.Options.AutoEscape == LiquidAutoEscape.None)
        {
            return new SlotNode(html.Index, MarkupTextFilter.Instance, int.MaxValue, general);
        }

        return SlotChain.TryCreate(bound, escape, general, context.Unit.Options) ?? NumberChain.TryCreate(bound, general) ?? (Node)general;
    }

    private bool TryRender(in LiquidValue value, BindContext context, out byte[] bytes)
    {
        bytes = [];
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            var writer = new Utf8Writer(buffer, context.Unit.Options.Limits.MaxOutputBytes, 256);
            ValueWriter.Write(value, escape, ref writer);
            writer.Flush();
        }
        catch (LimitException)
        {
            return false;
        }

        bytes = buffer.WrittenSpan.ToArray();
        return context.Budget.TryTakeBytes(bytes.Length);
    }
}
