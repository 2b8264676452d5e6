namespace ClosedLoop.Operations.Reading;

/// <summary>Somebody has seen something that needs a person.</summary>
/// <param name="By">Who, as the audit has it.</param>
/// <param name="At">Microseconds.</param>
public sealed record Acknowledgement(string By, long At);
