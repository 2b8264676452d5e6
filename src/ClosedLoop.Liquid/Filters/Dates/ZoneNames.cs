namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>Zone abbreviations of RFC 2822 section 4.3; others are not taken for zones, as in the reference implementation.</summary>
internal static class ZoneNames
{
    public static bool TryGet(ReadOnlySpan<char> name, out TimeSpan offset)
    {
        Span<char> upper = stackalloc char[8];
        var length = name.Length <= upper.Length ? name.ToUpperInvariant(upper) : 0;
        int? hours = upper[..length] switch
        {
            "UTC" or "GMT" or "Z" or "UT" => 0,
            "EDT" => -4,
            "EST" or "CDT" => -5,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            _ => null,
        };
        offset = TimeSpan.FromHours(hours ?? 0);
        return hours is not null;
    }
}
