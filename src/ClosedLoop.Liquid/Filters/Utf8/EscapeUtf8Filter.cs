using System.Buffers;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>escape</c>.</summary>
internal sealed class EscapeUtf8Filter : Utf8Filter
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("&<>\"'"u8);

    private static readonly ByteCodes? Codes = ByteCodes.TryCreate(b => Special.Contains(b) ? EntityOf(b).ToArray() : [b]);

    /// <summary>Shorter texts are written before they would have been searched.</summary>
    private const int Long = 48;

    public static EscapeUtf8Filter Instance { get; } = new();

    public static SearchValues<char> SpecialCharacters { get; } = SearchValues.Create("&<>\"'");

    public override bool MakesMarkup => true;

    public static ReadOnlySpan<byte> EntityOf(byte character) => character switch
    {
        (byte)'&' => "&amp;"u8,
        (byte)'<' => "&lt;"u8,
        (byte)'>' => "&gt;"u8,
        (byte)'"' => "&quot;"u8,
        _ => "&#39;"u8,
    };

    public override long MaxLength(long input) => input * "&quot;".Length;

    public override bool Keeps(ReadOnlySpan<byte> text) => !text.ContainsAny(Special);

    public override int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room) =>
        input.Length >= Long && !input.ContainsAny(Special) && input.TryCopyTo(room) ? input.Length
        : Codes is null ? base.TryFill(input, room)
        : Codes.TryFill(input, room);

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        while (true)
        {
            var at = input.IndexOfAny(Special);
            if (at < 0)
            {
                output.Write(input);
                return;
            }

            output.Write(input[..at]);
            output.Write(EntityOf(input[at]));
            input = input[(at + 1)..];
        }
    }
}
