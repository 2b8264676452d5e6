namespace ClosedLoop.Grains.Embedded;

/// <summary>Where reminders are kept.</summary>
public interface IReminderTable
{
    /// <summary>Makes the table ready, once, before the first reminder.</summary>
    Task InitializeAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<ReminderEntry>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Adds the reminder or replaces the one of the same grain and name.</summary>
    Task UpsertAsync(ReminderEntry entry, CancellationToken cancellationToken);

    /// <summary>Removes the reminder; false when there was none.</summary>
    Task<bool> RemoveAsync(GrainId grainId, string name, CancellationToken cancellationToken);
}
