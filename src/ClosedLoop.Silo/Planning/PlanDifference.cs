namespace ClosedLoop.Silo.Planning;

/// <summary>How a file differs from the one before.</summary>
/// <param name="File">The one before.</param>
/// <param name="Recipients">Its recipients.</param>
/// <param name="ChangePercent">More or fewer now.</param>
/// <param name="New">People who were not in it.</param>
/// <param name="Gone">People who are not in this one.</param>
/// <param name="Emptier">Columns with more empty values, by how many points.</param>
internal sealed record PlanDifference(string File, long Recipients, double ChangePercent, long New, long Gone, IReadOnlyDictionary<string, double> Emptier);
