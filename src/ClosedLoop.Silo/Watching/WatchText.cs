using System.Globalization;
using ClosedLoop.Model;

namespace ClosedLoop.Silo.Watching;

/// <summary>How times read in alarms.</summary>
internal static class WatchText
{
    public const long Second = 1_000_000;

    public static string At(long microseconds) => Instants.FromMicroseconds(microseconds).ToString("u", CultureInfo.InvariantCulture);

    /// <summary>Whole seconds, so that an alarm's text does not change with every look for nothing.</summary>
    public static string Since(long microseconds) => "since " + At(microseconds);
}
