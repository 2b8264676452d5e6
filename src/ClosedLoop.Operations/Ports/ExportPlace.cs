namespace ClosedLoop.Operations.Ports;

/// <summary>Where response files are delivered.</summary>
/// <param name="Where">A folder, or a host and a folder.</param>
/// <param name="Standing">Names of the files that stand there now; <c>null</c> where nobody can know without asking another machine.</param>
public sealed record ExportPlace(string Where, IReadOnlySet<string>? Standing);
