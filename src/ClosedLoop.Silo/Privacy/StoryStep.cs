namespace ClosedLoop.Silo.Privacy;

/// <summary>One thing that happened to a message.</summary>
internal sealed record StoryStep(DateTimeOffset At, string What, string? Detail);
