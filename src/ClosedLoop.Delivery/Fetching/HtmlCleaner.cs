using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>
/// Makes markup of another server fit to stand inside a mail: what runs, frames, loads or changes the page around it is taken out
/// (closed-loop spec section 10), addresses become absolute.
/// </summary>
internal static class HtmlCleaner
{
    /// <summary>Tags and levels: more than any mail has, few enough that parsing stays cheap and writing cannot overflow the stack.</summary>
    public const int MaxTags = 20_000;

    public const int MaxDepth = 256;

    /// <summary>Out with all they hold. Those besides scripts and frames are read differently by different programs, which is how markup gets past cleaning.</summary>
    private static readonly HashSet<string> Removed = new(StringComparer.Ordinal)
    {
        "script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "meta", "link", "style", "title", "template", "noscript",
        "noembed", "noframes", "xmp", "plaintext", "svg", "math", "textarea", "select", "option", "button", "input", "audio", "video", "canvas", "dialog", "portal",
    };

    /// <summary>Out themselves, what they hold stays.</summary>
    private static readonly HashSet<string> Unwrapped = new(StringComparer.Ordinal) { "form", "fieldset", "label" };

    private static readonly HashSet<string> Addresses = new(StringComparer.Ordinal) { "href", "src", "background", "cite", "longdesc", "usemap" };

    /// <summary>Besides everything that begins with <c>on</c>. A target of a form, a document inside an attribute, a list of addresses.</summary>
    private static readonly HashSet<string> RemovedAttributes = new(StringComparer.Ordinal) { "srcdoc", "formaction", "action", "srcset", "ping", "poster", "xmlns", "is", "slot", "nonce", "contenteditable", "autofocus" };

    /// <summary>What loads, runs, or covers the mail around it.</summary>
    private static readonly string[] RemovedStyles = ["url(", "expression", "javascript", "behavior", "-binding", "image-set", "src(", "position"];

    /// <summary>Parses, cleans, and gives back the body.</summary>
    /// <exception cref="ContentException">More tags, or more levels, than a mail has.</exception>
    public static IElement Clean(string html, Uri from)
    {
        var tags = html.AsSpan().Count('<');
        if (tags > MaxTags) throw Refused($"{tags} tags", MaxTags);
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
        var body = document.Body ?? throw new ContentException(ContentFault.ContentRefused, "markup without a body", "text of a mail");
        CheckDepth(body);
        var node = body.FirstChild;
        while (node is not null)
        {
            var next = Next(node, body);
            if (node is IElement element)
            {
                if (Removed.Contains(element.LocalName) || element.Prefix is not null)
                {
                    next = After(node, body);
                    element.Remove();
                }
                else if (Unwrapped.Contains(element.LocalName))
                {
                    next = element.FirstChild ?? After(node, body);
                    element.Replace([.. element.ChildNodes]);
                }
                else
                {
                    CleanAttributes(element, from);
                }
            }
            else if (node.NodeType is not NodeType.Text)
            {
                next = After(node, body);
                node.Parent!.RemoveChild(node);
            }

            node = next;
        }

        return body;
    }

    /// <summary>The next node in the order of the document, below <paramref name="root"/>.</summary>
    public static INode? Next(INode node, INode root) => node.FirstChild ?? After(node, root);

    private static INode? After(INode node, INode root)
    {
        for (var at = node; at is not null && at != root; at = at.Parent)
        {
            if (at.NextSibling is { } next) return next;
        }

        return null;
    }

    private static void CheckDepth(INode body)
    {
        var depth = 0;
        var node = body.FirstChild;
        while (node is not null)
        {
            if (node.FirstChild is { } child)
            {
                if (++depth > MaxDepth) throw Refused($"elements more than {MaxDepth} levels deep", MaxDepth);
                node = child;
                continue;
            }

            while (node is not null && node != body && node.NextSibling is null)
            {
                node = node.Parent;
                depth--;
            }

            node = node is null || node == body ? null : node.NextSibling;
        }
    }

    private static void CleanAttributes(IElement element, Uri from)
    {
        foreach (var attribute in element.Attributes.ToList())
        {
            var name = attribute.LocalName;
            var isOut = name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Prefix is not null || RemovedAttributes.Contains(name)
                || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || (name == "style" && !IsPlainStyle(attribute.Value));
            if (isOut) element.RemoveAttribute(attribute.Name);
            else if (Addresses.Contains(name)) SetAddress(element, attribute, from);
        }
    }

    private static void SetAddress(IElement element, IAttr attribute, Uri from)
    {
        var value = attribute.Value.Trim();
        if (value.StartsWith('#')) return;
        if (value.Any(char.IsControl))
        {
            element.RemoveAttribute(attribute.Name);
            return;
        }

        // On Unix a path alone counts as an absolute file address.
        var isAbsolute = !value.StartsWith('/') && Uri.TryCreate(value, UriKind.Absolute, out _);
        if (Uri.TryCreate(from, value, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0) attribute.Value = address.AbsoluteUri;
        else if (!(isAbsolute && address?.Scheme is "mailto" or "tel" or "sms" or "cid")) element.RemoveAttribute(attribute.Name);
    }

    /// <summary>Without escapes, which hide words, and without what loads or runs.</summary>
    private static bool IsPlainStyle(string style) =>
        !style.AsSpan().ContainsAny("\\@<{}") && !style.Contains("/*", StringComparison.Ordinal)
        && !RemovedStyles.Any(word => style.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static ContentException Refused(string found, int most) => new(ContentFault.ContentRefused, "markup with " + found, $"at most {most}");
}
