using System.Buffers;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>One filter after another.</summary>
internal sealed class PipelineUtf8Filter(Utf8Filter first, Utf8Filter second) : Utf8Filter
{
    private const int Small = 256;

    /// <summary>Up to here the first filter surely makes no more than <see cref="Small"/>.</summary>
    private readonly int _smallInput = SmallInput(first);

    public override bool MakesMarkup => second.MakesMarkup;

    public override long MaxLength(long input) => second.MaxLength(first.MaxLength(input));

    public override bool Keeps(ReadOnlySpan<byte> text) => first.Keeps(text) && second.Keeps(text);

    public override int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room)
    {
        var used = first.TryFill(input, room);
        return used < 0 ? -1 : second.TryRefill(room, used);
    }

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (output.Free.Length < Small || (input.Length > _smallInput && first.MaxLength(input.Length) > output.Free.Length))
        {
            ApplyApart(input, ref output);
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
            ApplyApart(input, ref output);
        }
    }

    private static int SmallInput(Utf8Filter filter)
    {
        var input = Small;
        while (input >= 0 && filter.MaxLength(input) > Small)
        {
            input--;
        }

        return input;
    }

    private void ApplyApart(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        var rented = ArrayPool<byte>.Shared.Rent((int)first.MaxLength(input.Length));
        var writer = new Utf8Writer(rented.AsSpan());
        first.Apply(input, ref writer);
        second.Apply(rented.AsSpan(0, writer.Used), ref output);
        ArrayPool<byte>.Shared.Return(rented);
    }
}
