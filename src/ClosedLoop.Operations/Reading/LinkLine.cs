namespace ClosedLoop.Operations.Reading;

/// <summary>One link of a mailing.</summary>
/// <param name="Ordinal">Position in the message, from 1.</param>
/// <param name="Clicks">How often people followed it.</param>
/// <param name="Clickers">How many people did.</param>
/// <param name="MachineClicks">How often a machine followed it.</param>
public sealed record LinkLine(int Ordinal, long Clicks, long Clickers, long MachineClicks);
