namespace ClosedLoop.Data.Engines;

/// <summary>What became of a transaction in which something failed.</summary>
internal enum Aftermath
{
    /// <summary>It was rolled back because of what a write did.</summary>
    Failed,

    /// <summary>It was rolled back because the connection was lost; the same writes can be tried again.</summary>
    Lost,

    /// <summary>It was committed, only the answer was lost.</summary>
    Committed,
}
