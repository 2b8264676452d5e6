using System.Net;
using System.Text.RegularExpressions;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Silo.Simulation;

/// <summary>A message as an invented reader's program sees it. Whatever host its addresses name, the service itself is asked: nothing leaves for the outside.</summary>
/// <param name="Pixel">Picture that tells of an open; null when there is none.</param>
/// <param name="Links">Tracked links.</param>
/// <param name="Unsubscribe">Address of one-click unsubscribing; null when there is none.</param>
internal sealed partial record SimulatedReader(Uri? Pixel, IReadOnlyList<Uri> Links, Uri? Unsubscribe)
{
    /// <param name="raw">The message.</param>
    /// <param name="tracking">Scheme and host in the messages.</param>
    /// <param name="service">Where the service listens.</param>
    public static SimulatedReader Of(ReadOnlyMemory<byte> raw, Uri tracking, Uri service)
    {
        var message = MimeMessage.Parse(raw);
        var html = message.HtmlBody ?? "";

        // What stands before the paths in Tracking:BaseUrl is taken away by the proxy in front of the service.
        var prefix = tracking.AbsolutePath.TrimEnd('/');
        Uri? Own(string? url) => url is not null && Uri.TryCreate(WebUtility.HtmlDecode(url), UriKind.Absolute, out var found)
            && Uri.Compare(found, tracking, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            && found.AbsolutePath.StartsWith(prefix + "/", StringComparison.Ordinal) ? new Uri(service, found.PathAndQuery[prefix.Length..]) : null;
        var pixel = Pixels().Match(html);
        var header = UnsubscribeHeader().Match(message.Headers["List-Unsubscribe"] ?? "");
        return new SimulatedReader(
            Own(pixel.Success ? pixel.Groups["url"].Value : null),
            [.. LinksOf().Matches(html).Select(match => Own(match.Groups["url"].Value)).OfType<Uri>()],
            Own(header.Success ? header.Groups["url"].Value : null));
    }

    /// <summary>The service's own listener as a program on the same machine reaches it.</summary>
    public static Uri ServiceOf(string listen)
    {
        var uri = new Uri(listen.Replace("://*", "://127.0.0.1", StringComparison.Ordinal).Replace("://+", "://127.0.0.1", StringComparison.Ordinal));
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(uri) { Host = "127.0.0.1" }.Uri
            : uri;
    }

    [GeneratedRegex("<img[^>]* src=\"(?<url>[^\"]*/o/[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pixels();

    [GeneratedRegex("href=\"(?<url>[^\"]*/c/[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinksOf();

    [GeneratedRegex("<(?<url>http[^>]*)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnsubscribeHeader();
}
