namespace ClosedLoop.Model.Errors;

/// <summary>What a code does to the file it is found in (closed-loop spec section 4.1).</summary>
public enum ErrorEffect
{
    /// <summary>Accepted and noted (I).</summary>
    Information,

    /// <summary>The record is skipped, the rest continues (R).</summary>
    Record,

    /// <summary>The group gets no mailing, other groups continue.</summary>
    Group,

    /// <summary>The whole file fails: nothing is imported or sent (F).</summary>
    File,
}
