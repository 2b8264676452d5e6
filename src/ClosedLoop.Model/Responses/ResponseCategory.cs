namespace ClosedLoop.Model.Responses;

/// <summary>What came back for a recipient (closed-loop spec section 13). The numbers are stored.</summary>
public enum ResponseCategory
{
    /// <summary>A person answered.</summary>
    Unknown = 0,

    /// <summary>Soft: mailbox full, message too large, policy, or no readable code.</summary>
    Bounce = 1,

    /// <summary>Soft: a temporary failure that outlived its retries.</summary>
    TemporaryBounce = 2,

    /// <summary>Hard.</summary>
    FatalBounce = 3,

    Autoresponder = 4,
}
