using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>A filter on UTF-8 bytes, arguments already known. Gives what the filter of the same name gives, without a string in between.</summary>
internal abstract class Utf8Filter
{
    private const int Small = 256;

    /// <summary>The result needs no further escaping.</summary>
    public virtual bool MakesMarkup => false;

    /// <summary>The most bytes the filter makes of so many.</summary>
    public abstract long MaxLength(long input);

    /// <summary>True when the filter surely leaves this text as it is.</summary>
    public virtual bool Keeps(ReadOnlySpan<byte> text) => false;

    /// <summary>
    /// Writes into room that may or may not suffice, and returns the bytes used. -1 when it does not, or when the text is not what the
    /// filter is quick at: then <see cref="Apply"/> has to. Bytes of the room behind those used may be overwritten.
    /// </summary>
    public virtual int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room)
    {
        if (MaxLength(input.Length) > room.Length)
        {
            return -1;
        }

        var output = new Utf8Writer(room);
        Apply(input, ref output);
        return output.Used;
    }

    /// <summary>The same for what stands at the beginning of the room.</summary>
    public virtual int TryRefill(scoped Span<byte> room, int length)
    {
        if (Keeps(room[..length]))
        {
            return length;
        }

        if (length > Small)
        {
            return -1;
        }

        Span<byte> input = stackalloc byte[Small];
        room[..length].CopyTo(input);
        return TryFill(input[..length], room);
    }

    public abstract void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output);
}
