using System.Net;
using System.Security.Cryptography;
using System.Text;
using ClosedLoop.Data.Orders;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Messages;

/// <summary>Content published on the web (xml-delivery spec section 9.1): the HTML part with everything personal emptied, under an address nobody can guess.</summary>
internal static class WebPages
{
    private const string Prefix = "/w/";

    public static string PathOf(string token) => Prefix + token;

    /// <summary>The token that the step of the content has recorded.</summary>
    public static string? TokenIn(IReadOnlyList<OperationTransition> transitions) =>
        transitions.LastOrDefault(transition => transition.SubStatus == SubStatus.Content)?.Message is { Length: > 0 } path ? path[Prefix.Length..] : null;

    public static WebPage Make(string html, IReadOnlyDictionary<string, string> notes)
    {
        var output = new StringBuilder(html.Length);
        var copied = 0;
        foreach (var found in Placeholder.Find(html))
        {
            // Those inside an address that was just written come again.
            if (found.At < copied || found.Kind == PlaceholderKind.Code) continue;
            output.Append(html, copied, found.At - copied);
            var length = found.Inner.Length + 4;
            switch (found.Kind)
            {
                case PlaceholderKind.Note:
                    output.Append(notes.TryGetValue(found.Inner, out var value) ? WebUtility.HtmlEncode(value) : html.AsSpan(found.At, length));
                    break;
                case PlaceholderKind.TrackedLink or PlaceholderKind.DynamicTrackedLink:
                    output.Append(Empty(found.Inner));
                    break;
            }

            copied = found.At + length;
        }

        output.Append(html, copied, html.Length - copied);
        return new WebPage(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Encoding.UTF8.GetBytes(output.ToString()));
    }

    private static string Empty(string address)
    {
        foreach (var found in Placeholder.Find(address).Where(found => found.Kind == PlaceholderKind.Field).ToList())
            address = address.Replace("${" + found.Inner + "}$", "", StringComparison.Ordinal);
        return address;
    }
}
