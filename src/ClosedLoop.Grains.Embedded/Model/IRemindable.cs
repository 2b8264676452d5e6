namespace ClosedLoop.Grains.Embedded;

/// <summary>A grain that takes reminders.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder's tick. It may come late, be lost or come twice; the grain decides from its own state.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
