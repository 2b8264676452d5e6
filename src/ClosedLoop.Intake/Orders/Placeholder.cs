namespace ClosedLoop.Intake.Orders;

/// <summary>A personalisation code found in a text (xml-delivery spec section 10).</summary>
/// <param name="Kind">Which.</param>
/// <param name="Inner">What stands between its marks: field, label or address.</param>
/// <param name="At">Position in the text, from 0.</param>
internal readonly record struct Placeholder(PlaceholderKind Kind, string Inner, int At)
{
    /// <summary>Placeholders of one text; more are an error, so that a text made of nothing but marks costs little.</summary>
    public const int Most = 5000;

    /// <summary>A mark that is not closed within so many characters is text.</summary>
    private const int Longest = 1024;

    private static readonly (string Open, string Close, PlaceholderKind Kind)[] Marks =
    [
        ("${", "}$", PlaceholderKind.Field), ("<{", "}>", PlaceholderKind.Note), ("@{", "}@", PlaceholderKind.External), ("<@", "@>", PlaceholderKind.Include),
        ("@(", ")@", PlaceholderKind.Inline), ("^(", ")^", PlaceholderKind.DynamicInline), ("%{", "}%", PlaceholderKind.TrackedLink), ("^{", "}^", PlaceholderKind.DynamicTrackedLink),
    ];

    /// <summary>Fetches its content from an address.</summary>
    public bool Fetches => Kind is PlaceholderKind.External or PlaceholderKind.Include or PlaceholderKind.Inline or PlaceholderKind.DynamicInline;

    public static bool IsIn(string text) => Find(text).Any(found => found.Kind != PlaceholderKind.Code);

    /// <summary>All of a text, in order. Those inside an address are found after it.</summary>
    public static IEnumerable<Placeholder> Find(string? text)
    {
        var at = 0;
        while (text is not null && (at = text.AsSpan(at).IndexOfAny("$<@^%") is var step and >= 0 ? at + step : -1) >= 0)
        {
            if (text.AsSpan(at).StartsWith("<%", StringComparison.Ordinal))
            {
                yield return new Placeholder(PlaceholderKind.Code, "", at);
            }
            else
            {
                foreach (var (open, close, kind) in Marks)
                {
                    if (!text.AsSpan(at).StartsWith(open, StringComparison.Ordinal)) continue;
                    var rest = text.AsSpan(at + open.Length);
                    var length = rest[..Math.Min(rest.Length, Longest)].IndexOf(close, StringComparison.Ordinal);
                    if (length >= 0) yield return new Placeholder(kind, rest[..length].ToString(), at);
                }
            }

            at++;
        }
    }
}
