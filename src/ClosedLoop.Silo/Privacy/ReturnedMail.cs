namespace ClosedLoop.Silo.Privacy;

/// <summary>A mail that came back.</summary>
internal sealed record ReturnedMail(long Id, DateTimeOffset At, string Outcome, string? Sender, string? Subject, string? Path);
