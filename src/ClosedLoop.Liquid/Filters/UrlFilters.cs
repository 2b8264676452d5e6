using System.Text;
using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Filters on parts of addresses.</summary>
internal static class UrlFilters
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<FilterDefinition> All { get; } =
    [
        new("url_encode", 0, 0, Encode) { MakesMarkup = true },
        new("url_decode", 0, 0, Decode),
    ];

    private static LiquidValue Encode(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        if (input.IsNil)
        {
            return input;
        }

        var scratch = context.RentScratch();
        var writer = new Utf8Writer(scratch, context.Budget.Limits.MaxTextLength, 256, isText: true);
        UrlEncodeUtf8Filter.Instance.Apply(Encoding.UTF8.GetBytes(input.ToText()), ref writer);
        writer.Flush();
        var text = Encoding.UTF8.GetString(scratch.Written);
        context.ReturnScratch(scratch);
        return LiquidValue.FromMarkup(text);
    }

    private static LiquidValue Decode(RenderContext context, in LiquidValue input, ReadOnlySpan<LiquidValue> arguments)
    {
        if (input.IsNil)
        {
            return input;
        }

        var bytes = Encoding.UTF8.GetBytes(input.ToText());
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                bytes[length++] = Convert.FromHexString(Encoding.ASCII.GetString(bytes, i + 1, 2))[0];
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i] == '+' ? (byte)' ' : bytes[i];
            }
        }

        try
        {
            return LiquidValue.FromString(Strict.GetString(bytes, 0, length));
        }
        catch (DecoderFallbackException)
        {
            throw context.Error(LiquidErrorCode.InvalidArgument, "percent-encoded bytes that are not UTF-8", "UTF-8");
        }
    }
}
