namespace ClosedLoop.Data.Optimove;

/// <summary>What became of a listener's call.</summary>
public enum Acceptance
{
    Accepted,

    /// <summary>The same call is stored already.</summary>
    Duplicate,

    /// <summary>Stored, and nothing follows.</summary>
    Ignored,
}
