namespace ClosedLoop.Responses.Export.Files;

/// <summary>Who of a mailing is in a run.</summary>
internal enum RecipientSelection
{
    /// <summary>Everybody: the mailing started or finished in the period.</summary>
    Everybody,

    /// <summary>Whoever's status changed; the mailing was being sent all the time, so it may be anybody.</summary>
    Changed,

    /// <summary>Whoever's status changed; the mailing was over before, so it can only be somebody who answered.</summary>
    ChangedByResponse,
}
