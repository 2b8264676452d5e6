using System.Net;
using System.Security.Cryptography;
using AngleSharp;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>What an answer means: text for both parts of a mail, or the target of a link (closed-loop spec section 10).</summary>
internal static class ContentReading
{
    /// <summary>An address of a link is longer than this only by mistake.</summary>
    public const int MaxLinkBytes = 64 * 1024;

    /// <summary>RFC 9110 section 4.1 asks for at least this; longer addresses are not tracked either.</summary>
    private const int MaxTargetLength = 5_959;

    /// <summary>Content types of texts and of links.</summary>
    public static readonly IReadOnlyList<string> TextTypes = ["text/html", "application/xhtml+xml", "text/plain"];

    public static FrozenContent Read(FetchedContent fetched, ContentKind kind)
    {
        var text = ContentText.Decode(fetched);
        var frozen = new FrozenContent { Url = fetched.Address.Uri.AbsoluteUri, Sha256 = Convert.ToHexStringLower(SHA256.HashData(fetched.Body)), Text = text };
        if (kind == ContentKind.Link) return frozen with { Text = TargetOf(text, fetched.Address) };
        if (fetched.MediaType == "text/plain")
        {
            var lines = text.ReplaceLineEndings("\n");
            return frozen with { Text = lines, Html = WebUtility.HtmlEncode(lines).Replace("\n", "<br>\n", StringComparison.Ordinal) };
        }

        try
        {
            var body = HtmlCleaner.Clean(text, fetched.Address.Uri);
            return frozen with { Html = body.ChildNodes.ToHtml(), Text = HtmlText.Of(body) };
        }
        catch (ContentException e)
        {
            throw e.About(fetched.Address.ToString());
        }
    }

    private static string TargetOf(string text, ContentAddress from)
    {
        var line = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length).Trim().ToString();
        var isTarget = line.Length <= MaxTargetLength && !line.Any(char.IsWhiteSpace)
            && Uri.TryCreate(line, UriKind.Absolute, out var target) && target.Scheme is "http" or "https" && target.UserInfo.Length == 0;
        return isTarget ? line : throw new ContentException(ContentFault.ContentRefused, $"the first line of {from} is no address of a link", "an http or https address alone on the first line");
    }
}
