using ClosedLoop.Liquid.Escaping;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>cycle</c>: the next of its values each time its group comes by.</summary>
/// <param name="group">Cycles of one group share their turn.</param>
/// <param name="values">The values in turn.</param>
/// <param name="literals">For each value its UTF-8 if the template spells it out, which makes it markup; else null.</param>
internal sealed class CycleNode(Expression group, Expression[] values, byte[]?[] literals) : Node
{
    public IReadOnlyList<byte[]?> Literals => literals;

    /// <summary>How values that are data are escaped; null for not at all.</summary>
    public OutputPlace? Place { get; set; }

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var key = group.Evaluate(context);
        var index = context.GetCycle(key);
        if (index < values.Length)
        {
            if (Place is null || literals[index] is not null)
            {
                ValueWriter.Write(values[index].Evaluate(context), escape: false, ref output);
            }
            else
            {
                PlaceWriter.Write(values[index].Evaluate(context), Place, ref output);
            }
        }

        index++;
        context.SetCycle(key, index >= values.Length ? 0 : index);
        return Completion.Normal;
    }

    public override Node Bind(BindContext context) =>
        new CycleNode(group.Bind(context), Array.ConvertAll(values, v => v.Bind(context)), literals) { Place = Place };
}
