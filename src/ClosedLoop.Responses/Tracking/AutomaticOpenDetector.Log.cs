using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Tracking;

public sealed partial class AutomaticOpenDetector
{
    [LoggerMessage(4201, LogLevel.Information, "Read the proxy ranges {Path}: {Count} ranges")]
    private partial void LogLoaded(string path, int count);

    [LoggerMessage(4202, LogLevel.Warning, "The proxy ranges {Path} changed and cannot be read; the ranges from before stay in use")]
    private partial void LogReloadFailed(Exception cause, string path);
}
