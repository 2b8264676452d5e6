using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClosedLoop.Silo.Logging;

/// <summary>A line of the log, as it stands in JSON on standard error and in the files of <c>logs/</c>.</summary>
/// <param name="Time">UTC, to the millisecond.</param>
/// <param name="Level">Name of the level.</param>
/// <param name="Event">Number of the event; see docs/operating.md for those to act on.</param>
/// <param name="Category">What wrote it.</param>
/// <param name="Message">One text, addresses masked unless the setting says otherwise.</param>
/// <param name="Error">The exception, if any.</param>
/// <param name="TraceId">Trace the line belongs to: that of a file, a batch or a request.</param>
/// <param name="SpanId">Part of that trace.</param>
internal sealed record LogLine(
    [property: JsonConverter(typeof(LogLine.Milliseconds))] DateTimeOffset Time, LogLevel Level, int Event, string Category, string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SpanId)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static LogLine Now(TimeProvider time, LogLevel level, int number, string category, string message, string? error)
    {
        var activity = System.Diagnostics.Activity.Current;
        return new LogLine(time.GetUtcNow(), level, number, category, message, error, activity?.TraceId.ToString(), activity?.SpanId.ToString());
    }

    /// <summary>Reads a line; null when it is none of ours, such as one that is not whole yet.</summary>
    public static LogLine? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<LogLine>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>For people: one line.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Word(Level)}: {Category}[{Event}] {OneLine(Message)}{(Error is null ? "" : " " + OneLine(Error))}");

    public static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    private static string OneLine(string text) => text.AsSpan().ContainsAny('\r', '\n') ? text.ReplaceLineEndings(" ") : text;

    /// <summary>Every line has its time in the same number of characters.</summary>
    internal sealed class Milliseconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
