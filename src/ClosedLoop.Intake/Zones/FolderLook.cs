using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Zones;

/// <summary>One look into <c>in/</c>.</summary>
/// <param name="Ready">Files that can be claimed, in the order in which they are taken.</param>
/// <param name="Waiting">Final-named files, those that may still change included.</param>
/// <param name="Problems">E101 and W151, each once for a file.</param>
public sealed record FolderLook(IReadOnlyList<ZoneEntry> Ready, int Waiting, IReadOnlyList<(ZoneEntry Entry, FileProblem Problem)> Problems)
{
    /// <summary>Final-named files that may still change.</summary>
    public IReadOnlyList<string> Unsettled { get; init; } = [];
}
