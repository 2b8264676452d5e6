using System.Text;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>Octets to text: by the charset of the header, else UTF-8 (closed-loop spec section 10).</summary>
internal static class ContentText
{
    public static string Decode(FetchedContent content)
    {
        var name = content.Charset ?? "utf-8";
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            var encoding = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            var text = encoding.GetString(content.Body).TrimStart('\uFEFF');
            return string.Concat(text.Where(c => c is '\t' or '\n' or '\r' || !char.IsControl(c)));
        }
        catch (DecoderFallbackException e)
        {
            throw new ContentException(ContentFault.CharsetRefused, $"{content.Address} has octets that are not {name}", "text in the charset the server names, or UTF-8", e);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ContentException(ContentFault.CharsetRefused, $"{content.Address} names the charset '{name}'", "a charset such as utf-8 or iso-8859-1", e);
        }
    }
}
