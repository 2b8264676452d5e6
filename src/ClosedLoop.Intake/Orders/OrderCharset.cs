using System.Text;

namespace ClosedLoop.Intake.Orders;

/// <summary>The three charsets of XML Delivery.</summary>
internal static class OrderCharset
{
    static OrderCharset() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static bool IsKnown(string charset) => charset is "utf-8" or "iso-8859-15" or "shift_jis";

    /// <summary>Position of the first character that the charset lacks; null when it has all.</summary>
    public static int? FirstMissing(string charset, string text)
    {
        var encoding = Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        try
        {
            encoding.GetByteCount(text);
            return null;
        }
        catch (EncoderFallbackException fault)
        {
            return Math.Clamp(fault.Index, 0, text.Length - 1);
        }
    }
}
