namespace ClosedLoop.Grains.Embedded;

/// <inheritdoc cref="IGrainReminder"/>
internal sealed record GrainReminder(string ReminderName) : IGrainReminder;
