namespace ClosedLoop.Silo.Demo;

/// <summary>One of the eight files.</summary>
internal sealed record DemoExportFile(string Name, long Rows, string Sha256);
