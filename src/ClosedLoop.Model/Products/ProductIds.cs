using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ClosedLoop.Model.Products;

/// <summary>Product ids in a field: one, or several with commas and no blanks between them (closed-loop spec section 9).</summary>
public static class ProductIds
{
    /// <summary>Longest id, in characters.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary><c>[A-Za-z0-9._-]{1,64}</c>. Upper and lower case are different ids.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) => text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>The n-th id from 1, without the blanks around it; null when there are fewer or it is empty.</summary>
    public static string? Nth(string? ids, int number)
    {
        if (ids is null || number < 1) return null;
        var rest = ids.AsSpan();
        while (--number > 0)
        {
            var comma = rest.IndexOf(',');
            if (comma < 0) return null;
            rest = rest[(comma + 1)..];
        }

        var end = rest.IndexOf(',');
        var id = (end < 0 ? rest : rest[..end]).Trim();
        return id.IsEmpty ? null : id.ToString();
    }

    /// <summary>All ids in order, without the blanks around them; empty places stay, so that numbers keep their meaning.</summary>
    public static string[] Split(string? ids) => string.IsNullOrWhiteSpace(ids) ? [] : ids.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>A blank stands beside an id, which a strict reader would take for part of its name (W403).</summary>
    public static bool HasBlanks(ReadOnlySpan<byte> ids)
    {
        if (!ids.ContainsAny(" \t"u8)) return false;
        foreach (var range in ids.Split((byte)','))
        {
            var id = ids[range];
            if (!id.IsEmpty && (id[0] is (byte)' ' or (byte)'\t' || id[^1] is (byte)' ' or (byte)'\t')) return true;
        }

        return false;
    }
}
