namespace ClosedLoop.Model.Optimove;

/// <summary>Whether Optimove was told of something it adds up. The numbers are stored.</summary>
public enum InteractionState
{
    Waiting = 0,

    /// <summary>Marked before it is posted: found so after a crash, it is in doubt.</summary>
    Posting = 1,
    Posted = 2,

    /// <summary>The answer is not known; never posted again by itself.</summary>
    InDoubt = 3,
    Refused = 4,

    /// <summary>Counts in the sums and is not told one by one.</summary>
    Counted = 5,
}
