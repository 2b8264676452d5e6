namespace ClosedLoop.Intake.Guards;

/// <summary>How a file differs from the one before.</summary>
/// <param name="File">The one before.</param>
/// <param name="Recipients">Its recipients.</param>
/// <param name="ChangePercent">More or fewer now.</param>
/// <param name="Emptier">Columns with more empty values, by how many points of a hundred.</param>
public sealed record FileDifference(string File, long Recipients, double ChangePercent, IReadOnlyDictionary<string, double> Emptier);
