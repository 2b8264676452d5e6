namespace ClosedLoop.Model;

/// <summary>The moment a local time means where the clock jumps.</summary>
public static class LocalTime
{
    /// <summary>
    /// Where the clock jumps over the local time, the moment of the jump; where it comes twice, the first of the two: every local time means exactly
    /// one moment.
    /// </summary>
    /// <returns>Microseconds, see <see cref="Instants"/>.</returns>
    public static long ToMicroseconds(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local)) local = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return Instants.ToMicroseconds(new DateTimeOffset(local, offset));
    }
}
