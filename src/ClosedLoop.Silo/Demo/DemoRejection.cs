namespace ClosedLoop.Silo.Demo;

/// <summary>One rejected row of the file.</summary>
internal sealed record DemoRejection(long Line, long Record, int Column, string Code, string Message);
