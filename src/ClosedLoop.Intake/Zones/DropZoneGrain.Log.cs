using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Zones;

public sealed partial class DropZoneGrain
{
    [LoggerMessage(1201, LogLevel.Warning, "{Client}: {Code} {Name}: {Message}")]
    private partial void LogNameProblem(string client, string code, string name, string message);

    [LoggerMessage(1202, LogLevel.Debug, "{Client}: intake of file {FileId} has ended (failed: {Failed})")]
    private partial void LogDone(string client, long fileId, bool failed);

    [LoggerMessage(1203, LogLevel.Information, "{Client}: operator command for file {FileId} (done: {Done}): {Text}")]
    private partial void LogCommand(string client, long fileId, bool done, string text);

    [LoggerMessage(1204, LogLevel.Error, "{Client}: the drop folder could not be looked at; it is tried again at the next poll")]
    private partial void LogPollFailed(string client, Exception error);

    [LoggerMessage(1205, LogLevel.Error, "{Client}: the intake of {Name} broke off; it is taken up again at the next poll")]
    private partial void LogBroke(string client, string? name, Exception error);

    [LoggerMessage(1206, LogLevel.Error, "{Client}: no new file is taken in: {Shortage}")]
    private partial void LogNoRoom(string client, string shortage);

    [LoggerMessage(1207, LogLevel.Information, "{Client}: there is room again, files are taken in")]
    private partial void LogRoomAgain(string client);

    [LoggerMessage(1208, LogLevel.Information, "{Client}: no new file is taken in while this process is drained")]
    private partial void LogDrained(string client);
}
