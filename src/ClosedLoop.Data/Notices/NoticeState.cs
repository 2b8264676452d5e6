namespace ClosedLoop.Data.Notices;

/// <summary>What became of a mail to a person; the numbers are stored.</summary>
public enum NoticeState
{
    /// <summary>It goes out at its time.</summary>
    Waiting = 0,

    /// <summary>The relay took it.</summary>
    Sent = 1,

    /// <summary>Nobody tries again.</summary>
    GivenUp = 2,
}
