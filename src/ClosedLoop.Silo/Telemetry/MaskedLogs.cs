using ClosedLoop.Silo.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace ClosedLoop.Silo.Telemetry;

/// <summary>Addresses do not leave the machine with log records either.</summary>
internal sealed class MaskedLogs : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.FormattedMessage is { } message) data.FormattedMessage = AddressMask.Apply(message);
        if (data.Body is { } body) data.Body = AddressMask.Apply(body);
        if (data.Attributes is { Count: > 0 } attributes)
        {
            data.Attributes = [.. attributes.Select(attribute => attribute.Value is string text
                ? new KeyValuePair<string, object?>(attribute.Key, AddressMask.Apply(text))
                : attribute)];
        }
    }
}
