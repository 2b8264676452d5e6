using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Export;

public sealed partial class ExportGrain
{
    [LoggerMessage(4411, LogLevel.Information, "export of client {Client}: cut-off {CutOff} taken as run {RunId}")]
    private partial void LogCut(string client, DateTimeOffset cutOff, long runId);

    [LoggerMessage(4412, LogLevel.Error, "E501 export of client {Client}: a run could not be published and will be tried again")]
    private partial void LogBroke(Exception cause, string client);

    [LoggerMessage(4413, LogLevel.Error, "E501 export of client {Client}: the cut-off cannot be taken as the client is set up")]
    private partial void LogRefused(Exception cause, string client);
}
