namespace ClosedLoop.Testing.Doubles;

/// <summary>A request that a double has seen.</summary>
internal sealed record DoubleRequest(string Method, string Path, string Protocol, IReadOnlyDictionary<string, string> Headers, string Body);
