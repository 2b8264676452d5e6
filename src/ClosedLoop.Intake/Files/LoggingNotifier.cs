using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Files;

/// <summary>Where no mail address for notices is configured: the service's own log.</summary>
public sealed partial class LoggingNotifier(ILogger<LoggingNotifier> logger) : IStatusNotifier
{
    public Task NotifyAsync(ClientDefinition client, FileStatus status)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(status);
        if (status.Restart is null) LogStatus(client.Key, StatusText.Subject(status), status.Imported, status.Skipped);
        else LogFailure(client.Key, StatusText.Subject(status), status.Errors.Count == 0 ? "-" : status.Errors[0].Code.Code);
        return Task.CompletedTask;
    }

    /// <summary>The folder's poller has logged it.</summary>
    public Task NotifyAsync(ClientDefinition client, ZoneEntry entry, FileProblem problem) => Task.CompletedTask;

    [LoggerMessage(1101, LogLevel.Information, "{Client}: {Subject}, {Imported} imported, {Skipped} skipped")]
    private partial void LogStatus(string client, string subject, long imported, long skipped);

    [LoggerMessage(1102, LogLevel.Error, "{Client}: {Subject}, first error {Code}; see the error file")]
    private partial void LogFailure(string client, string subject, string code);
}
