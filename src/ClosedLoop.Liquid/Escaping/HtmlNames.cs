using System.Collections.Frozen;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>What HTML's names mean for escaping.</summary>
internal static class HtmlNames
{
    private static readonly FrozenSet<string> UrlAttributes = new[]
    {
        "action", "archive", "background", "cite", "classid", "codebase", "data", "dynsrc", "formaction", "href", "icon", "longdesc", "lowsrc", "manifest",
        "ping", "poster", "profile", "src", "usemap", "xmlns",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> RawElements =
        new[] { "iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> WebSchemes = new[] { "http", "https", "ftp" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> AddressSchemes = new[] { "mailto", "tel", "sms", "cid" }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsRaw(string element) => RawElements.Contains(element);

    /// <summary>What the content of an element without tags is read as.</summary>
    public static ValueKind KindOfContent(string element, string scriptType) => element switch
    {
        "style" => ValueKind.Css,
        "script" => scriptType.Trim().ToUpperInvariant() is "APPLICATION/LD+JSON" or "APPLICATION/JSON" ? ValueKind.Json : ValueKind.Refused,
        _ => ValueKind.Plain,
    };

    /// <summary>What the value of an attribute is read as. A prefix such as <c>xlink:</c> does not matter.</summary>
    public static ValueKind KindOfAttribute(string attribute, bool isHeader)
    {
        var name = attribute[(attribute.LastIndexOf(':') + 1)..];
        return name switch
        {
            "style" => ValueKind.Css,
            "srcset" => ValueKind.UrlList,
            "" or "srcdoc" => ValueKind.Refused,
            "content" when isHeader => ValueKind.Refused,
            _ when name.StartsWith("on", StringComparison.Ordinal) => ValueKind.Refused,
            _ when UrlAttributes.Contains(name) || attribute.StartsWith("xmlns", StringComparison.Ordinal) => ValueKind.Url,
            _ => ValueKind.Plain,
        };
    }

    public static UrlPart PartAfterScheme(string scheme) =>
        WebSchemes.Contains(scheme) ? UrlPart.Path : AddressSchemes.Contains(scheme) ? UrlPart.Address : UrlPart.Refused;
}
