namespace ClosedLoop.Operations.Reading;

/// <summary>How a mailing goes and how it is received.</summary>
/// <param name="PerSecond">Recipients settled a second within the last minute; <c>null</c> for one that is not being sent, and while it is counted.</param>
/// <param name="Left">Seconds until everybody is settled at that pace; <c>null</c> as before, and when nothing moves.</param>
/// <param name="Complaints">Mails by which recipients or their providers called it spam.</param>
public sealed record MailingPace(double? PerSecond, long? Left, long Complaints);
