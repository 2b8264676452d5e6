namespace ClosedLoop.Grains.Embedded;

/// <summary>Registers reminders: durable, periodic calls that activate the grain when it is not there.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Registers the reminder, or sets the times of an existing one anew.</summary>
    /// <param name="grain">The grain itself; its class implements <see cref="IRemindable"/>.</param>
    /// <param name="reminderName">Name, unique within the grain.</param>
    /// <param name="dueTime">Time from now to the first tick, not negative.</param>
    /// <param name="period">Time between ticks, at least <see cref="EmbeddedGrainOptions.MinimumReminderPeriod"/>.</param>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        return grain is IRemindable
            ? grain.Activation.Engine.Reminders.RegisterAsync(grain.Activation.Id, reminderName, dueTime, period)
            : throw new InvalidOperationException(
                $"Grain {grain.IdentityString} registered reminder '{reminderName}', but {grain.GetType().Name} does not implement IRemindable, so no tick could reach it.");
    }

    /// <summary>Ends the reminder. A tick already under way may still arrive.</summary>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentNullException.ThrowIfNull(reminder);
        return grain.Activation.Engine.Reminders.UnregisterAsync(grain.Activation.Id, reminder.ReminderName);
    }

    /// <summary>The reminder of that name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        return grain.Activation.Engine.Reminders.GetAsync(grain.Activation.Id, reminderName);
    }

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain.Activation.Engine.Reminders.GetAllAsync(grain.Activation.Id);
    }
}
