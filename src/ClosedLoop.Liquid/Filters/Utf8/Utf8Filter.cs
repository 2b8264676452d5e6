using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary>A filter on UTF-8 bytes, arguments already known. Gives what the filter of the same name gives, without a string in between.</summary>
internal abstract class Utf8Filter
{
    /// <summary>The result needs no further escaping.</summary>
    public virtual bool MakesMarkup => false;

    public abstract void Apply(ReadOnlySpan<byte> input, ref Utf8Writer output);
}
