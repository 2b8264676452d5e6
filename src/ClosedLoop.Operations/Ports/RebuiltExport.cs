namespace ClosedLoop.Operations.Ports;

/// <summary>A run written again.</summary>
/// <param name="Identical">Every file has the bytes of the published one.</param>
/// <param name="Different">Tables of the files that differ.</param>
/// <param name="Files">How many were written.</param>
public sealed record RebuiltExport(bool Identical, IReadOnlyList<string> Different, int Files);
