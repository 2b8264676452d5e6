using System.Globalization;
using System.Text;

namespace ClosedLoop.Delivery.Content;

/// <summary>Names of attached files.</summary>
public static class AttachmentNames
{
    private const int MaxLength = 100;

    /// <summary>What programs or file systems read in another way than people.</summary>
    private const string NotInNames = "<>:\"/\\|?*";

    /// <summary>A name that is safe to save under; <c>null</c> when nothing is left of it.</summary>
    public static string? Clean(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        // RFC 6266 section 4.3 and RFC 2183 section 5: a path is no part of the name.
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            var isOdd = Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
            if (isOdd) continue;
            clean.Append(rune.IsBmp && NotInNames.Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }

        var trimmed = clean.ToString().Trim(' ', '.');
        if (trimmed.Length <= MaxLength) return trimmed.Length == 0 ? null : trimmed;
        var ending = EndingOf(trimmed);
        var kept = MaxLength - (ending.Length <= 10 ? ending.Length : 0);
        if (char.IsHighSurrogate(trimmed[kept - 1])) kept--;
        return trimmed[..kept].TrimEnd(' ', '.') + (ending.Length <= 10 ? ending : "");
    }

    internal static string EndingOf(string name) => name.LastIndexOf('.') is var dot and > 0 ? name[dot..] : "";
}
