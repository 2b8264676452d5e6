namespace ClosedLoop.Optimove.Double;

/// <summary>A request as it came: names of its headers only.</summary>
public sealed record DoubleCall(DateTimeOffset At, string Method, string Path, string Function, IReadOnlyList<string> HeaderNames, string Body, int Status);
