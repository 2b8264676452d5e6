namespace ClosedLoop.Benchmarks.Dkim;

/// <summary>Cost of signing one message with the named keys.</summary>
internal sealed record DkimReport(string Keys, double MicrosecondsPerMessage, double AllocatedBytesPerMessage);
