using Microsoft.Extensions.Logging;

namespace ClosedLoop.Grains.Embedded;

/// <content>Log lines.</content>
public sealed partial class GrainEngine
{
    /// <summary>Logs the failure of a call nobody waits for: one-way, a timer's tick, or one whose caller had its time-out already.</summary>
    internal void LogUnheardOutcome(GrainCall call, Exception? failure)
    {
        if (failure is not null)
            LogUnheard(call.Method.Name, call.Target, failure);
    }

    internal void LogTimeout(TimeoutException exception) => LogTimeoutLine(exception.Message);

    [LoggerMessage(EventId = 2101, Level = LogLevel.Debug, Message = "Activating {GrainId}")]
    internal partial void LogActivating(GrainId grainId);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "{GrainId} was not activated")]
    internal partial void LogActivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Debug, Message = "Deactivating {GrainId}: {Reason}")]
    internal partial void LogDeactivating(GrainId grainId, DeactivationReason reason);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Warning, Message = "Deactivation of {GrainId} failed; the activation ends all the same")]
    internal partial void LogDeactivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(EventId = 2105, Level = LogLevel.Warning, Message = "Reminder '{Name}' of {GrainId} failed; the next tick tries again")]
    internal partial void LogReminderFailed(GrainId grainId, string name, Exception exception);

    [LoggerMessage(EventId = 2106, Level = LogLevel.Warning, Message = "Reminder '{Name}' of {GrainId} is left alone: there is no grain class of that type")]
    internal partial void LogOrphanReminder(GrainId grainId, string name);

    [LoggerMessage(EventId = 2107, Level = LogLevel.Warning, Message = "{Method} of {GrainId} failed and nobody waits for it")]
    private partial void LogUnheard(string method, GrainId grainId, Exception exception);

    [LoggerMessage(EventId = 2108, Level = LogLevel.Warning, Message = "{Text}")]
    private partial void LogTimeoutLine(string text);

    [LoggerMessage(EventId = 2109, Level = LogLevel.Information, Message = "The embedded grain engine runs with {Classes} grain classes")]
    private partial void LogStarted(int classes);

    [LoggerMessage(EventId = 2110, Level = LogLevel.Warning, Message = "The drain was given up with {Count} grains left, among them {Grains}")]
    private partial void LogDrainGivenUp(int count, string grains);

    [LoggerMessage(EventId = 2111, Level = LogLevel.Information, Message = "The embedded grain engine has stopped")]
    private partial void LogStopped();
}
