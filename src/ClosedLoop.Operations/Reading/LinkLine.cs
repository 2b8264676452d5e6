namespace ClosedLoop.Operations.Reading;

/// <summary>One link of a mailing.</summary>
/// <param name="Ordinal">Position in the message, from 1.</param>
/// <param name="Clicks">How often it was followed.</param>
/// <param name="Clickers">By how many recipients.</param>
public sealed record LinkLine(int Ordinal, long Clicks, long Clickers);
