using System.Text;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A value that is usually a text, passed through filters on bytes. Anything but plain text takes the general way.</summary>
internal sealed class ChainNode(Expression root, Utf8Filter filter, int longest, Node fallback) : Node
{
    private const int MaxEncoded = 80;

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var value = root.Evaluate(context);
        if (value.IsMarkup)
        {
            return fallback.Render(context, ref output);
        }

        if (value.TryGetUtf8(out var text) && text.Length <= longest)
        {
            filter.Apply(text, ref output);
            return Completion.Normal;
        }

        if (value.Kind == LiquidKind.String && value.String.Length <= MaxEncoded && MaxEncoded * 3 <= longest)
        {
            Encode(value.String, ref output);
            return Completion.Normal;
        }

        return fallback.Render(context, ref output);
    }

    public override Node Bind(BindContext context) => fallback.Bind(context);

    private void Encode(string text, ref Utf8Writer output)
    {
        Span<byte> bytes = stackalloc byte[MaxEncoded * 3];
        filter.Apply(bytes[..Encoding.UTF8.GetBytes(text, bytes)], ref output);
    }
}
