namespace ClosedLoop.Benchmarks.Smtp;

/// <summary>What one run of the benchmark measured.</summary>
internal sealed record SmtpReport(int Messages, int Bytes, IReadOnlyList<SmtpMeasurement> Runs);
