namespace ClosedLoop.Silo.Simulation;

/// <summary>What becomes of a message to an invented person.</summary>
internal enum Fate
{
    Delivered = 0,

    /// <summary>The row is wrong; there is no message.</summary>
    Rejected,

    /// <summary>The sink refuses the address: no such mailbox.</summary>
    Refused,

    /// <summary>The sink refuses the address: mailbox full.</summary>
    Full,

    /// <summary>Taken, and a report of final failure comes back.</summary>
    HardBounce,

    /// <summary>Taken, and a report of a failure that may pass comes back.</summary>
    SoftBounce,
}
