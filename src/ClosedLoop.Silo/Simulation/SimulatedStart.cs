using System.Globalization;
using ClosedLoop.Silo.Commands;

namespace ClosedLoop.Silo.Simulation;

/// <summary>When a rehearsal begins by its own clock.</summary>
internal static class SimulatedStart
{
    /// <summary>A Monday, so that two days of reactions hold no change of a clock in any zone of Europe or America. Raising it changes everybody's expected files.</summary>
    public static readonly DateTimeOffset Default = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK"];

    /// <summary>The whole of a rehearsal: two days, and the cut-off after them.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromDays(3);

    /// <summary>Files and mails have the machine's times: to a clock further ahead they would look as old as what is removed.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(7);

    /// <param name="text">A date, which begins at 09:00 UTC, or a moment; null for the default.</param>
    /// <param name="isKept">Whether a service with the world's clock may follow in the same folder.</param>
    /// <exception cref="CommandException">CL9691.</exception>
    public static DateTimeOffset Of(string? text, bool isKept)
    {
        if (text is null) return Default;
        var now = TimeProvider.System.GetUtcNow();
        if (!DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start) || start.Year < 2001 || start > now + MostAhead)
            throw new CommandException(ExitCode.Usage, $"CL9691: --start '{text}': expected a date or a moment between 2001 and a week from now, as in 2026-03-02 or 2026-03-02T09:00Z.");
        if (!text.Contains('T', StringComparison.Ordinal)) start = start.AddHours(9);

        // Stamps only rise: a service in that folder would write the future's into everything until it comes.
        return !isKept || start + Length < now
            ? start
            : throw new CommandException(ExitCode.Refused, "CL9691: with --keep the rehearsal must be over by now, also by its own clock; begin it three days ago or earlier.");
    }
}
