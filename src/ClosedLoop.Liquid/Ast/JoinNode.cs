using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A short array of texts, joined and passed through filters on bytes. Anything else takes the general way.</summary>
internal sealed class JoinNode(Expression root, byte[] glue, Utf8Filter filter, int longest, Node fallback) : Node
{
    private const int MaxJoined = 256;

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var value = root.Evaluate(context);
        if (value.Kind != LiquidKind.Array || MaxJoined > longest || !TryJoin(value.Array, ref output))
        {
            return fallback.Render(context, ref output);
        }

        return Completion.Normal;
    }

    public override Node Bind(BindContext context) => fallback.Bind(context);

    private bool TryJoin(LiquidValue[] items, ref Utf8Writer output)
    {
        Span<byte> joined = stackalloc byte[MaxJoined];
        var used = 0;
        for (var i = 0; i < items.Length; i++)
        {
            var before = i == 0 ? default : glue.AsSpan();
            if (!items[i].TryGetUtf8(out var text) || before.Length + text.Length > MaxJoined - used)
            {
                return false;
            }

            before.CopyTo(joined[used..]);
            text.CopyTo(joined[(used + before.Length)..]);
            used += before.Length + text.Length;
        }

        filter.Apply(joined[..used], ref output);
        return true;
    }
}
