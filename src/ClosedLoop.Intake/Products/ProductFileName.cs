using System.Globalization;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Intake.Products;

/// <summary>Names of the files in <c>products/</c> (closed-loop spec section 9): the same form as a recipient file's, with three endings.</summary>
public static class ProductFileName
{
    private const string DateTimeForm = "yyyyMMddHHmmss";

    private static readonly (string Suffix, ProductKind Kind)[] Suffixes =
        [("_products.csv", ProductKind.Products), ("_mapping.csv", ProductKind.Mapping), ("_recommendations.csv", ProductKind.Recommendations)];

    /// <summary>What a final name says of its file; null for every other name.</summary>
    public static ProductKind? KindOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var (suffix, kind) in Suffixes)
        {
            if (name.Length == DateTimeForm.Length + suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)
                && DateTime.TryParseExact(name.AsSpan(0, DateTimeForm.Length), DateTimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return kind;
        }

        return null;
    }

    /// <summary>What a name's ending says, whatever stands before it; null for another ending.</summary>
    public static ProductKind? KindByEnding(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var (suffix, kind) in Suffixes)
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal)) return kind;
        }

        return null;
    }

    /// <summary>Ends like a final name but is none, and is no temporary name either (E101).</summary>
    public static bool IsNearMiss(string name) => KindByEnding(name) is not null && !name.StartsWith('.') && KindOf(name) is null;

    /// <summary>The folder that a file of this final name is dropped into.</summary>
    public static ZoneFolder FolderOf(string name) => KindOf(name) is null ? ZoneFolder.In : ZoneFolder.Products;

    /// <summary>
    /// Whether a product file is loaded before a recipient file: when its time is not later. The digits compare as the times do.
    /// </summary>
    public static bool ComesBefore(string productFile, string recipientFile) =>
        string.CompareOrdinal(productFile, 0, recipientFile, 0, DateTimeForm.Length) <= 0;

    /// <summary>The registered name that the name of an archived file or report begins with, whatever its kind; null for a name of no file.</summary>
    public static string? RegisteredName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var suffix in Suffixes.Select(s => s.Suffix).Append(FinalName.Suffix))
        {
            var length = DateTimeForm.Length + suffix.Length - ".csv".Length;
            if (name.Length > length && string.CompareOrdinal(name, DateTimeForm.Length, suffix, 0, suffix.Length - ".csv".Length) == 0) return name[..length] + ".csv";
        }

        return null;
    }
}
