namespace ClosedLoop.Silo.Planning;

/// <summary>What would become of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Records">Records in it.</param>
/// <param name="Accepted">Recipients that would be imported.</param>
/// <param name="Skipped">Records that would not.</param>
/// <param name="Mailable">Recipients that would be mailed, as things stand.</param>
/// <param name="LeftOut">Why others would not, by code.</param>
/// <param name="Groups">Mailings that would be made.</param>
/// <param name="Empty">Share of empty values by column, in percent.</param>
/// <param name="Last">Comparison with the file before; null for the first.</param>
/// <param name="Problems">First errors and warnings.</param>
/// <param name="Rails">Guard rails that it crosses.</param>
/// <param name="Samples">Messages written for a look.</param>
internal sealed record FilePlan(
    string File, long Records, long Accepted, long Skipped, long Mailable, IReadOnlyDictionary<string, long> LeftOut, IReadOnlyList<PlannedGroup> Groups,
    IReadOnlyDictionary<string, double> Empty, PlanDifference? Last, IReadOnlyList<string> Problems, IReadOnlyList<string> Rails, IReadOnlyList<string> Samples);
