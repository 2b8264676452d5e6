namespace ClosedLoop.Silo.Commands;

/// <summary>An alarm as <c>status</c> shows it.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Cause">Why, in a word.</param>
/// <param name="Message">Code and text.</param>
/// <param name="Since">When it was raised.</param>
internal sealed record StandingAlarm(string Subject, string Cause, string Message, DateTimeOffset Since);
