namespace ClosedLoop.Grains.Embedded;

/// <summary>A reminder in the schedule. Replaced as a whole when it is registered anew, so an old one in the queue is known by identity.</summary>
internal sealed class ScheduledReminder(ReminderEntry entry)
{
    public ReminderEntry Entry { get; } = entry;

    /// <summary>First tick time after <paramref name="now"/>, UTC.</summary>
    public DateTime NextAfter(DateTime now)
    {
        if (now < Entry.StartAt)
            return Entry.StartAt;
        var periods = ((now - Entry.StartAt).Ticks / Entry.Period.Ticks) + 1;
        return Entry.StartAt + (Entry.Period * periods);
    }
}
