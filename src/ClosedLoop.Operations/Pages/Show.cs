using System.Globalization;
using ClosedLoop.Model;

namespace ClosedLoop.Operations.Pages;

/// <summary>How numbers and times read on screens.</summary>
internal static class Show
{
    public static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    public static string N(long? number) => number is { } known ? N(known) : "…";

    /// <summary>As machines write it: for forms and addresses.</summary>
    public static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Percent(long part, long whole) => whole == 0 ? "–" : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_024 => N(bytes) + " B",
        < 1_048_576 => (bytes / 1_024.0).ToString("0.0", CultureInfo.InvariantCulture) + " KiB",
        < 1_073_741_824 => (bytes / 1_048_576.0).ToString("0.0", CultureInfo.InvariantCulture) + " MiB",
        _ => (bytes / 1_073_741_824.0).ToString("0.00", CultureInfo.InvariantCulture) + " GiB",
    };

    /// <summary>Date and time in UTC, to the second.</summary>
    public static string At(long microseconds) => Instants.FromMicroseconds(microseconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Machine-readable form for <c>datetime</c>.</summary>
    public static string Iso(long microseconds) => Instants.FromMicroseconds(microseconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>How long ago, or in how long.</summary>
    public static string Ago(long microseconds, long now)
    {
        var seconds = (now - microseconds) / 1_000_000;
        return seconds >= 0 ? Span(seconds) + " ago" : "in " + Span(-seconds);
    }

    public static string Span(long seconds) => seconds switch
    {
        < 60 => $"{seconds.ToString(CultureInfo.InvariantCulture)} s",
        < 3_600 => $"{(seconds / 60).ToString(CultureInfo.InvariantCulture)} min",
        < 86_400 => $"{(seconds / 3_600).ToString(CultureInfo.InvariantCulture)} h {(seconds % 3_600 / 60).ToString(CultureInfo.InvariantCulture)} min",
        _ => $"{(seconds / 86_400).ToString(CultureInfo.InvariantCulture)} d",
    };

    /// <summary>A countdown, mm:ss below an hour.</summary>
    public static string Clock(long seconds) => seconds < 3_600
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, seconds) / 60:00}:{Math.Max(0, seconds) % 60:00}")
        : Span(seconds);

    /// <summary>A coordinate of a drawing.</summary>
    public static string X(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Short(string hash) => hash.Length <= 12 ? hash : hash[..12];
}
