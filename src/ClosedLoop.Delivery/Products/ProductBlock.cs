using System.Buffers;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Liquid;

namespace ClosedLoop.Delivery.Products;

/// <summary>An element marked <c>data-product</c>: written, unless a product in it is missing.</summary>
internal sealed class ProductBlock : LiquidBlockHandler
{
    public const string Tag = "productblock";

    public override void Begin(string arguments, object? state)
    {
        if (state is MessageState { Products: { } run } message) run.Begin(message);
    }

    public override void Write(string arguments, ReadOnlySpan<byte> body, object? state, IBufferWriter<byte> output)
    {
        if (state is not MessageState { Products: { } run } message || run.End(message)) output.Write(body);
    }
}
