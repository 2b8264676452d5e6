using System.Text;
using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>Percent-encoding of a part of a URL (RFC 3986 section 2.1). What is left has no meaning in HTML or CSS.</summary>
internal sealed class PercentEscaper(string stays) : ByteEscaper(stays, beyondAscii: false)
{
    /// <summary>A path keeps its slashes; a colon would begin a scheme, a question mark the query.</summary>
    public static PercentEscaper Path { get; } = new("-_.~/");

    public static PercentEscaper Query { get; } = new("-_.~");

    /// <summary>What mail addresses and telephone numbers consist of.</summary>
    public static PercentEscaper Address { get; } = new("-_.~@+,");

    private readonly ByteCodes? _codes = ByteCodes.TryCreate(b => char.IsAsciiLetterOrDigit((char)b) || (b < 0x80 && stays.Contains((char)b, StringComparison.Ordinal)) ? [b] : Encoding.ASCII.GetBytes($"%{b:X2}"));

    public override int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room) =>
        _codes?.TryFill(input, room) is { } used and >= 0 ? used : base.TryFill(input, room);

    public override long MaxLength(long input) => input * 3;

    protected override void WriteEscaped(byte b, ref Utf8Writer output) => WritePercent(b, ref output);
}
