using System.Buffers;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>One filter after another.</summary>
internal sealed class PipelineUtf8Filter(Utf8Filter first, Utf8Filter second) : Utf8Filter
{
    private const int Small = 256;

    public override bool MakesMarkup => second.MakesMarkup;

    public override long MaxLength(long input) => second.MaxLength(first.MaxLength(input));

    public override bool Keeps(ReadOnlySpan<byte> text) => first.Keeps(text) && second.Keeps(text);

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        var most = first.MaxLength(input.Length);
        if (most > output.Free.Length)
        {
            ApplyApart(input, (int)most, ref output);
            return;
        }

        // The first filter writes where its result will stand if the second one changes nothing, which is the rule.
        var free = output.Free;
        var writer = new Utf8Writer(free);
        first.Apply(input, ref writer);
        var between = free[..writer.Used];
        if (second.Keeps(between))
        {
            output.Advance(between.Length);
        }
        else if (between.Length <= Small)
        {
            Span<byte> copy = stackalloc byte[Small];
            between.CopyTo(copy);
            second.Apply(copy[..between.Length], ref output);
        }
        else
        {
            ApplyApart(input, (int)most, ref output);
        }
    }

    private void ApplyApart(scoped ReadOnlySpan<byte> input, int most, ref Utf8Writer output)
    {
        var rented = ArrayPool<byte>.Shared.Rent(most);
        var writer = new Utf8Writer(rented.AsSpan());
        first.Apply(input, ref writer);
        second.Apply(rented.AsSpan(0, writer.Used), ref output);
        ArrayPool<byte>.Shared.Return(rented);
    }
}
