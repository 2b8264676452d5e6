using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Verdicts;

public sealed partial class VerdictUpkeep
{
    [LoggerMessage(4231, LogLevel.Information, "Judged {Count} opens and clicks again by version {Rules} of the rules")]
    private partial void LogJudged(long count, int rules);

    [LoggerMessage(4232, LogLevel.Warning, "Opens and clicks cannot be judged again; tried again in a minute")]
    private partial void LogFailed(Exception cause);
}
