using System.Buffers;
using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>Constant output, ready as bytes.</summary>
internal sealed class TextNode(byte[] bytes) : Node
{
    public TextNode(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\n\v\f\r"u8);

    public byte[] Bytes { get; } = bytes;

    public override bool IsBlank => !Bytes.AsSpan().ContainsAnyExcept(Blank);

    public override bool IsConstant => true;

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        output.Write(Bytes);
        return Completion.Normal;
    }

    public override bool MayFill => true;

    public override int TryFill(LiquidRow row, scoped Span<byte> room, ref BlockCost cost) => Bytes.AsSpan().TryCopyTo(room) ? Bytes.Length : -1;
}
