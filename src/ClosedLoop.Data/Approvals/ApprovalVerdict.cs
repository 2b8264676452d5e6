namespace ClosedLoop.Data.Approvals;

/// <summary>What came of a yes.</summary>
public enum ApprovalVerdict
{
    /// <summary>Enough have said yes.</summary>
    Released,

    /// <summary>Written down; another person has to say yes, too.</summary>
    OneMore,

    /// <summary>This person has said yes already.</summary>
    SamePerson,

    /// <summary>It takes two people, and nobody knows who this one is.</summary>
    NoPerson,

    /// <summary>It does not wait for approval any more.</summary>
    NotWaiting,
}
