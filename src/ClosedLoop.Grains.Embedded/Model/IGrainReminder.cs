namespace ClosedLoop.Grains.Embedded;

/// <summary>Handle of a registered reminder.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}
