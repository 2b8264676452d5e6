namespace ClosedLoop.Silo.Logging;

/// <summary>How far the log was read.</summary>
/// <param name="LastClosed">Path of the newest closed file that was read; empty when none.</param>
/// <param name="Offset">Octets of the file after that.</param>
internal readonly record struct LogPlace(string LastClosed, long Offset);
