using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClosedLoop.Silo.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ClosedLoop.Silo.Logging;

/// <summary>Log lines as text or JSON, without addresses unless a setting wants them.</summary>
internal sealed class HouseFormatter(SiloSettings settings, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "closedloop";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = Clean(logEntry.Formatter(logEntry.State, logEntry.Exception));
        var error = logEntry.Exception is { } exception ? Clean(exception.ToString()) : null;
        if (settings.Log.Format == LogFormat.Json) textWriter.WriteLine(Json(logEntry.LogLevel, logEntry.Category, logEntry.EventId.Id, message, error));
        else textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {OneLine(message)}{(error is null ? "" : " " + OneLine(error))}"));
    }

    private string Clean(string text) => settings.Log.MaskAddresses ? AddressMask.Apply(text) : text;

    private string Json(LogLevel level, string category, int eventId, string message, string? error)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", level.ToString());
            json.WriteNumber("event", eventId);
            json.WriteString("category", category);
            json.WriteString("message", message);
            if (error is not null) json.WriteString("error", error);
            if (System.Diagnostics.Activity.Current is { } activity)
            {
                json.WriteString("traceId", activity.TraceId.ToString());
                json.WriteString("spanId", activity.SpanId.ToString());
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string OneLine(string text) => text.AsSpan().ContainsAny('\r', '\n') ? text.ReplaceLineEndings(" ") : text;

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
