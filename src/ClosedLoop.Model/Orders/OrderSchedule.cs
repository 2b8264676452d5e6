using System.Globalization;

namespace ClosedLoop.Model.Orders;

/// <summary>The time of <c>schedule</c>: local, without zone (xml-delivery spec section 8).</summary>
public static class OrderSchedule
{
    public const string Format = "yyyy-MM-ddTHH:mm:ss";

    /// <summary>How far in the past, at acceptance, a time still counts as now.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>Reads a time of the calendar; zone suffixes, fractions and dates alone are refused.</summary>
    public static DateTime? Parse(string text) =>
        DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>
    /// The moment a local time means. A time inside a spring gap moves forward by the gap (02:30 becomes 03:30); of a time that comes twice in
    /// autumn the first is meant.
    /// </summary>
    public static DateTimeOffset Resolve(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsAmbiguousTime(local)) return new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Max());
        if (!zone.IsInvalidTime(local)) return new DateTimeOffset(local, zone.GetUtcOffset(local));
        var before = local;
        while (zone.IsInvalidTime(before)) before = before.AddMinutes(-15);
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(local, zone.GetUtcOffset(before)), zone);
    }
}
