namespace ClosedLoop.Silo.Logging;

/// <summary>Which lines of the log are wanted; what is not given lets everything pass.</summary>
/// <param name="Level">Least level.</param>
/// <param name="Category">Part of the category, in any case.</param>
/// <param name="Trace">Beginning of the trace id.</param>
/// <param name="Event">Number of the event.</param>
/// <param name="Text">Part of the message or error, in any case.</param>
/// <param name="Since">Not before.</param>
internal sealed record LogFilter(LogLevel Level, string? Category, string? Trace, int? Event, string? Text, DateTimeOffset? Since)
{
    public bool Lets(LogLine line) =>
        line.Level >= Level
        && (Category is null || line.Category.Contains(Category, StringComparison.OrdinalIgnoreCase))
        && (Trace is null || line.TraceId?.StartsWith(Trace, StringComparison.OrdinalIgnoreCase) == true)
        && (Event is null || line.Event == Event)
        && (Text is null || line.Message.Contains(Text, StringComparison.OrdinalIgnoreCase) || line.Error?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true)
        && (Since is null || line.Time >= Since);
}
