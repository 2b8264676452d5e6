namespace ClosedLoop.Data.Bulk;

/// <summary>What came of one thing of a job.</summary>
public enum BulkOutcome
{
    Waiting = 0,

    /// <summary>Begun. One that stays so was cut off by the end of a process: whether it was done is told by the thing itself, and it is not done twice.</summary>
    Begun = 1,

    /// <summary>Carried out.</summary>
    Changed = 2,

    /// <summary>There was nothing to do.</summary>
    Unchanged = 3,

    /// <summary>Not allowed, not known, or broken off.</summary>
    Refused = 4,
}
