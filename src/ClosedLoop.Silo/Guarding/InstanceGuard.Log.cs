namespace ClosedLoop.Silo.Guarding;

internal sealed partial class InstanceGuard
{
    [LoggerMessage(6101, LogLevel.Critical, "CL3221: nothing is sent until an operator has confirmed (closedloop db confirm): {Reason}")]
    private partial void LogHeld(string reason);

    [LoggerMessage(6102, LogLevel.Warning, "sending goes on: an operator has confirmed the database")]
    private partial void LogFree();

    [LoggerMessage(6103, LogLevel.Error, "a sign of life could not be written and will be tried again")]
    private partial void LogFailed(Exception error);
}
