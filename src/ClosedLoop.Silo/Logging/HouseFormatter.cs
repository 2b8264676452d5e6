using ClosedLoop.Silo.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ClosedLoop.Silo.Logging;

/// <summary>Log lines as text or JSON, without addresses unless a setting wants them.</summary>
internal sealed class HouseFormatter(SiloSettings settings, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "closedloop";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = Clean(logEntry.Formatter(logEntry.State, logEntry.Exception));
        var error = logEntry.Exception is { } exception ? Clean(exception.ToString()) : null;
        var record = LogLine.Now(time, logEntry.LogLevel, logEntry.EventId.Id, logEntry.Category, message, error);
        textWriter.WriteLine(settings.Log.Format == LogFormat.Json ? record.ToJson() : record.ToText());
    }

    private string Clean(string text) => settings.Log.MaskAddresses ? AddressMask.Apply(text) : text;
}
