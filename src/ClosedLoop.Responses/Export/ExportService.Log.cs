using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Export;

public sealed partial class ExportService
{
    [LoggerMessage(4401, LogLevel.Information, "export run {RunId} of client {ClientId} published as {Label}: {Rows} rows, {Bytes} bytes in {Files} files in {Folder}")]
    private partial void LogPublished(long runId, long clientId, string label, long rows, long bytes, int files, string folder);

    [LoggerMessage(4402, LogLevel.Error, "E501 export run {RunId} of client {ClientId} ({Label}) failed, nothing more of it is published; it is repeated with the same cut-offs")]
    private partial void LogFailed(Exception cause, long runId, long clientId, string label);
}
