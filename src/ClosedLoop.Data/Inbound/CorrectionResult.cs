namespace ClosedLoop.Data.Inbound;

/// <summary>What came of reading a response otherwise.</summary>
public enum CorrectionResult
{
    /// <summary>It counts as what was said.</summary>
    Done = 0,

    /// <summary>There is none, or it was overruled before.</summary>
    Gone = 1,

    /// <summary>It is that already.</summary>
    Same = 2,

    /// <summary>It is about a message before the latest resend, and does not count any more.</summary>
    TakenBack = 3,
}
