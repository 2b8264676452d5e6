using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export;

/// <summary>What decides the bytes besides the data (spec section 17.2).</summary>
/// <param name="Zone">Zone of every date-time.</param>
/// <param name="Header">Whether the first row names the columns.</param>
/// <param name="QuoteAll">Whether every value is quoted, or only where the grammar needs it.</param>
internal sealed record ExportFormat(TimeZoneInfo Zone, bool Header, bool QuoteAll)
{
    /// <exception cref="ExportException">CL7002: the zone is not known.</exception>
    public static ExportFormat Of(ExportSettings settings) => new(ZoneOf(settings), settings.Header, settings.QuoteAll ?? settings.Quote == ExportQuote.All);

    /// <inheritdoc cref="Of"/>
    public static TimeZoneInfo ZoneOf(ExportSettings settings) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out var zone) ? zone : throw new ExportException("CL7002",
            $"export.timeZone is '{settings.TimeZone}'; expected an IANA zone such as UTC or Europe/Berlin that this machine knows.");
}
