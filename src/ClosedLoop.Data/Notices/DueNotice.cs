namespace ClosedLoop.Data.Notices;

/// <summary>A mail to one person that is to go out now.</summary>
/// <param name="NoticeId">Its number.</param>
/// <param name="ClientId">Whose matter it is.</param>
/// <param name="Address">Who gets it.</param>
/// <param name="Subject">Plain text.</param>
/// <param name="Body">Plain text.</param>
/// <param name="Attempt">Attempts made so far.</param>
/// <param name="CreatedAt">Microseconds.</param>
public sealed record DueNotice(long NoticeId, long ClientId, string Address, string Subject, string Body, int Attempt, long CreatedAt);
