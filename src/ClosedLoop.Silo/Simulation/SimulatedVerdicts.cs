namespace ClosedLoop.Silo.Simulation;

/// <summary>How well clicks were told apart.</summary>
/// <param name="Scanners">Clicks that scanners made.</param>
/// <param name="Told">Of these, judged to be a machine's.</param>
/// <param name="People">Clicks of people who have no such gateway before them.</param>
/// <param name="Mistaken">Of these, judged to be a machine's.</param>
/// <param name="Filed">All clicks that count as people's in the response files.</param>
internal sealed record SimulatedVerdicts(long Scanners, long Told, long People, long Mistaken, long Filed);
