using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Notices;

internal sealed partial class NoticeSender
{
    [LoggerMessage(5101, LogLevel.Information, "notice {NoticeId} was mailed")]
    private partial void LogSent(long noticeId);

    [LoggerMessage(5102, LogLevel.Warning, "notice {NoticeId} could not be mailed now: {Reason}")]
    private partial void LogDeferred(long noticeId, string reason);

    [LoggerMessage(5103, LogLevel.Error, "notice {NoticeId} is given up: {Reason}")]
    private partial void LogGivenUp(long noticeId, string reason);

    [LoggerMessage(5104, LogLevel.Error, "notices could not be looked at")]
    private partial void LogFailed(Exception error);
}
