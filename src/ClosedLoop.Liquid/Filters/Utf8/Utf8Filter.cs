using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>A filter on UTF-8 bytes, arguments already known. Gives what the filter of the same name gives, without a string in between.</summary>
internal abstract class Utf8Filter
{
    /// <summary>The result needs no further escaping.</summary>
    public virtual bool MakesMarkup => false;

    /// <summary>The most bytes the filter makes of so many.</summary>
    public abstract long MaxLength(long input);

    /// <summary>True when the filter surely leaves this text as it is.</summary>
    public virtual bool Keeps(ReadOnlySpan<byte> text) => false;

    public abstract void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output);
}
