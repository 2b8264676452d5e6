using System.Buffers;
using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>An output whose escaping depends on its place in the HTML.</summary>
/// <param name="expression">What is written.</param>
/// <param name="isMarkup">The last filter gave text that is escaped already.</param>
/// <param name="position">Offset in the source.</param>
internal sealed class PlaceOutputNode(Expression expression, bool isMarkup, int position) : Node
{
    public int Position => position;

    /// <summary>Set once, when the whole template was read.</summary>
    public OutputPlace Place { get; set; } = OutputPlace.Text;

    private bool IsUrlEncoded => isMarkup && expression is FilterExpression { Filter.Name: "url_encode" };

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        Write(expression.Evaluate(context), ref output);
        return Completion.Normal;
    }

    public override Node Bind(BindContext context)
    {
        if (expression.Bind(context) is SlotExpression { Slot: { IsHtml: true } html })
        {
            return new SlotNode(html.Index, Place.TakesMarkup ? null : new PipelineUtf8Filter(MarkupTextFilter.Instance, Place.Escaper), int.MaxValue, this);
        }

        if (Place.TakesMarkup || (IsUrlEncoded && Place.TakesUrlEncoded && !Place.WritesEmpty))
        {
            return new OutputNode(expression, escape: !isMarkup).Bind(context);
        }

        var bound = expression.Bind(context);
        var general = new PlaceOutputNode(bound, isMarkup, position) { Place = Place };
        if (bound is ConstantExpression constant)
        {
            return general.TryRender(constant.Value, context) ?? (Node)general;
        }

        return (isMarkup ? null : SlotChain.TryCreate(bound, escape: true, general, context.Unit.Options, Place.Escaper)) ?? general;
    }

    private void Write(in LiquidValue value, ref Utf8Writer output)
    {
        // What a filter such as escape made is markup even where the value itself does not say so, as in a list.
        if (isMarkup && !value.IsMarkup && value.IsText) PlaceWriter.Write(LiquidValue.FromMarkup(value.ToText()), Place, ref output);
        else PlaceWriter.Write(value, Place, ref output);
    }

    private TextNode? TryRender(in LiquidValue value, BindContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            var writer = new Utf8Writer(buffer, context.Unit.Options.Limits.MaxOutputBytes, 256);
            Write(value, ref writer);
            writer.Flush();
        }
        catch (LimitException)
        {
            return null;
        }

        return new TextNode(buffer.WrittenSpan.ToArray());
    }
}
