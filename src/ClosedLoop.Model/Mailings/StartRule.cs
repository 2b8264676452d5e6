using System.Globalization;

namespace ClosedLoop.Model.Mailings;

/// <summary>
/// When the copies of a source mailing start (closed-loop spec section 7): <c>afterImport</c>, <c>afterImportAt HH:mm</c> (the next such time in the
/// client's zone) or <c>at yyyy-MM-dd HH:mm</c>, in the client's zone unless an offset follows.
/// </summary>
public sealed class StartRule
{
    /// <summary>What holds when nothing is said.</summary>
    public const string AfterImport = "afterImport";

    private const string AfterImportAt = "afterImportAt ";
    private const string At = "at ";

    private static readonly string[] LocalForms = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] OffsetForms = [.. LocalForms.SelectMany(form => new[] { form + "zzz", form + " zzz", form + "'Z'" })];

    private readonly TimeOnly? _daily;
    private readonly DateTime? _local;
    private readonly DateTimeOffset? _moment;

    private StartRule(TimeOnly? daily, DateTime? local, DateTimeOffset? moment) => (_daily, _local, _moment) = (daily, local, moment);

    /// <summary>Reads a rule; <c>null</c> when it is none.</summary>
    public static StartRule? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var culture = CultureInfo.InvariantCulture;
        if (text == AfterImport) return new StartRule(null, null, null);
        if (text.StartsWith(AfterImportAt, StringComparison.Ordinal))
            return TimeOnly.TryParseExact(text.AsSpan(AfterImportAt.Length), "HH:mm", culture, DateTimeStyles.None, out var daily) ? new StartRule(daily, null, null) : null;
        if (!text.StartsWith(At, StringComparison.Ordinal)) return null;
        var when = text.AsSpan(At.Length);
        if (DateTime.TryParseExact(when, LocalForms, culture, DateTimeStyles.None, out var local)) return new StartRule(null, local, null);
        return DateTimeOffset.TryParseExact(when, OffsetForms, culture, DateTimeStyles.AssumeUniversal, out var moment) ? new StartRule(null, null, moment) : null;
    }

    /// <summary>When a mailing starts whose recipients are in by now.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="zone">The client's.</param>
    /// <returns>Microseconds, or <c>null</c> for at once; <c>Past</c> when that is so because a fixed time is over (W407).</returns>
    public (long? At, bool Past) Decide(long now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (_daily is { } daily) return (Next(daily, now, zone), false);
        if ((_moment is { } moment ? Instants.ToMicroseconds(moment) : _local is { } local ? LocalTime.ToMicroseconds(local, zone) : (long?)null) is not { } at) return (null, false);
        return at > now ? (at, false) : (null, true);
    }

    private static long Next(TimeOnly daily, long now, TimeZoneInfo zone)
    {
        // From the day before: where the first of two equal hours has passed, the local date alone does not say so.
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(now), zone).DateTime).AddDays(-1);
        while (true)
        {
            var at = LocalTime.ToMicroseconds(date.ToDateTime(daily), zone);
            if (at >= now) return at;
            date = date.AddDays(1);
        }
    }
}
