using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Zones;

public sealed partial class FolderUpkeep
{
    [LoggerMessage(1121, LogLevel.Information, "{Client}: {Count} files older than {Days} days were removed")]
    private partial void LogRemoved(string client, int count, int days);

    [LoggerMessage(1122, LogLevel.Warning, "{Client}: old files could not be removed now")]
    private partial void LogFailed(string client, Exception error);

    [LoggerMessage(1123, LogLevel.Warning, "old files could not be looked for now")]
    private partial void LogBroke(Exception error);
}
