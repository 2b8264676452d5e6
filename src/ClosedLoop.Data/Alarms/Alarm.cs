namespace ClosedLoop.Data.Alarms;

/// <summary>Something that is wrong now.</summary>
/// <param name="Subject">What it is about, such as <c>mailing/71000000002</c> or <c>spool</c>.</param>
/// <param name="Cause">Why, in a word that programs can tell apart, such as <c>paused</c>.</param>
/// <param name="ClientId">Whose matter it is; <c>null</c> for the installation's.</param>
/// <param name="Message">Code and text for people.</param>
/// <param name="Since">Microseconds; when it was raised.</param>
public sealed record Alarm(string Subject, string Cause, long? ClientId, string Message, long Since = 0);
