using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Zones;

internal sealed partial class SftpZone
{
    [LoggerMessage(1110, LogLevel.Warning, "client {Client}: the server lists a name in {Folder} that cannot be a file name, passed over: {Name}")]
    private partial void LogRefusedName(string client, string folder, string name);
}
