using System.Globalization;

namespace ClosedLoop.Model.Delivery;

/// <summary>Recipients <see cref="From"/> to <see cref="To"/> (exclusive) of one mailing.</summary>
/// <param name="MailingId">The mailing.</param>
/// <param name="Number">Number of the slice, from 0.</param>
public readonly record struct BatchSlice(long MailingId, int Number)
{
    /// <summary>Recipients of a slice.</summary>
    public const int Size = 1_000;

    public int From => Number * Size;

    public int To => From + Size;

    /// <summary>Key of the grain that owns the slice: <c>mailing/number</c>.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{MailingId}/{Number}");

    /// <summary>Reads a <see cref="Key"/> back.</summary>
    /// <exception cref="FormatException">The key is not of that form.</exception>
    public static BatchSlice Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) throw new FormatException($"Batch key '{key}': expected 'mailing/number'.");
        return new BatchSlice(
            long.Parse(key.AsSpan(0, slash), CultureInfo.InvariantCulture),
            int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }
}
