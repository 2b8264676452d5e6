namespace ClosedLoop.Data.Notices;

/// <summary>A mail to a person, for looking at.</summary>
/// <param name="NoticeId">Its number.</param>
/// <param name="Cause">What it tells of.</param>
/// <param name="ClientId">Whose matter it is.</param>
/// <param name="Address">Who gets it.</param>
/// <param name="Subject">Plain text.</param>
/// <param name="State">What became of it.</param>
/// <param name="Attempt">Attempts made so far.</param>
/// <param name="CreatedAt">Microseconds.</param>
/// <param name="Reason">Why it was not taken at the last attempt.</param>
public sealed record NoticeLine(long NoticeId, string Cause, long ClientId, string Address, string Subject, NoticeState State, int Attempt, long CreatedAt, string? Reason);
