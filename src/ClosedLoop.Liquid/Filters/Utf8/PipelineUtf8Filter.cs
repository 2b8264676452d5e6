using System.Buffers;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>One filter after another; the second writes straight to the output.</summary>
internal sealed class PipelineUtf8Filter(Utf8Filter first, Utf8Filter second) : Utf8Filter
{
    private const int Small = 256;

    public override bool MakesMarkup => second.MakesMarkup;

    public override long MaxLength(long input) => second.MaxLength(first.MaxLength(input));

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        var most = first.MaxLength(input.Length);
        if (most <= Small)
        {
            ApplySmall(input, ref output);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent((int)most);
        var writer = new Utf8Writer(rented.AsSpan());
        first.Apply(input, ref writer);
        second.Apply(rented.AsSpan(0, writer.Used), ref output);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private void ApplySmall(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        Span<byte> room = stackalloc byte[Small];
        var writer = new Utf8Writer(room);
        first.Apply(input, ref writer);
        second.Apply(room[..writer.Used], ref output);
    }
}
