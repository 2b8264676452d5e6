namespace ClosedLoop.Operations.Api;

/// <summary>Something that is wrong now.</summary>
internal sealed record ApiAlarm(string Subject, string Cause, string Message, DateTimeOffset Since, bool IsQuiet);
