using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClosedLoop.Delivery.Channels.Http;

namespace ClosedLoop.Delivery.Channels.Sms;

/// <summary>Fills the placeholders of a gateway's URL, headers and body; each value is escaped for the place it stands in, so that no text of a message can change the request.</summary>
internal static partial class GatewayTemplate
{
    private static readonly string[] Names = ["to", "to_digits", "from", "text", "id", "reference", "segments", "receipt_url"];

    /// <summary>What is wrong with a text that has placeholders; null for nothing.</summary>
    public static string? Fault(string template)
    {
        foreach (var match in Placeholder().EnumerateMatches(template))
        {
            var inner = template.AsSpan(match.Index + 1, match.Length - 2);
            if (inner.StartsWith("secret:") || inner.StartsWith("basic:")) continue;
            if (!Names.Contains(inner.ToString(), StringComparer.Ordinal)) return $"'{{{inner}}}' is no placeholder; expected {{{string.Join("}, {", Names)}}}, {{secret:NAME}} or {{basic:USER:NAME}}";
        }

        return null;
    }

    /// <summary>Environment variables that a text names.</summary>
    public static IEnumerable<string> SecretsOf(string template) => Placeholder().Matches(template)
        .Select(match => match.Value[1..^1])
        .Where(inner => inner.StartsWith("secret:", StringComparison.Ordinal) || inner.StartsWith("basic:", StringComparison.Ordinal))
        .Select(inner => inner[(inner.LastIndexOf(':') + 1)..]);

    public static string Fill(string template, ChannelMessage message, int segments, Func<string, string> escape) =>
        Placeholder().Replace(template, match => escape(Value(match.Value[1..^1], message, segments)));

    public static string ForUrl(string value) => Uri.EscapeDataString(value);

    /// <summary>Line breaks would begin a header of their own, and characters beyond ASCII are not sent at all (RFC 9110 section 5.5).</summary>
    public static string ForHeader(string value) => string.Concat(value.Where(c => !char.IsControl(c)).Select(c => char.IsAscii(c) ? c : '?'));

    /// <summary>For the body, by its type.</summary>
    public static Func<string, string> ForBody(string contentType) => contentType switch
    {
        "application/json" => value => JsonEncodedText.Encode(value).ToString(),
        "application/x-www-form-urlencoded" => Uri.EscapeDataString,
        "application/xml" or "text/xml" => ForXml,
        _ => value => value,
    };

    private static string ForXml(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            _ = c switch
            {
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '&' => text.Append("&amp;"),
                '"' => text.Append("&quot;"),
                '\'' => text.Append("&#39;"),
                < ' ' and not ('\t' or '\n' or '\r') => text,
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    private static string Value(string name, ChannelMessage message, int segments) => name switch
    {
        "to" => message.Address,
        "to_digits" => message.Address.TrimStart('+'),
        "from" => message.From ?? "",
        "text" => message.Text,
        "id" => message.Id,
        "reference" => message.Reference,
        "segments" => segments.ToString(System.Globalization.CultureInfo.InvariantCulture),
        "receipt_url" => message.ReceiptUrl?.AbsoluteUri ?? "",
        _ when name.StartsWith("secret:", StringComparison.Ordinal) => Secrets.Find(name[7..]) ?? "",
        _ when name.StartsWith("basic:", StringComparison.Ordinal) => Basic(name),
        _ => "",
    };

    private static string Basic(string name)
    {
        var at = name.LastIndexOf(':');
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name[6..at]}:{Secrets.Find(name[(at + 1)..])}"));
    }

    [GeneratedRegex(@"\{(?:[a-z_]+|secret:[A-Za-z0-9_]+|basic:[^{}:""]+:[A-Za-z0-9_]+)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
