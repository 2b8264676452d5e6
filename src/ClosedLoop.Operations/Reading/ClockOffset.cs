using System.Globalization;

namespace ClosedLoop.Operations.Reading;

/// <summary>The clock of this machine beside that of the database.</summary>
/// <param name="Ahead">How far this machine's is ahead; negative when it is behind.</param>
/// <param name="Trip">How long the question took: the offset is known to half of it.</param>
public sealed record ClockOffset(TimeSpan Ahead, TimeSpan Trip)
{
    /// <summary>Offset from which on times of one machine are not to be compared with those of another.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    public bool IsOff => Ahead.Duration() > Most;

    public string Text => Ahead.Duration() <= Trip / 2
        ? string.Create(CultureInfo.InvariantCulture, $"as the database's, to {Math.Max(1, Math.Ceiling(Trip.TotalMilliseconds / 2)):0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{Ahead.Duration().TotalSeconds:0.000} s {(Ahead > TimeSpan.Zero ? "ahead of" : "behind")} the database's");
}
