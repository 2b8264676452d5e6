namespace ClosedLoop.Silo.Demo;

/// <summary>What one invented recipient is there for.</summary>
internal enum DemoRole
{
    /// <summary>Takes the mail; may open, click or unsubscribe.</summary>
    Reads,

    /// <summary>The address does not exist (550 5.1.1).</summary>
    HardBounce,

    /// <summary>The mailbox is full (552 5.2.2).</summary>
    MailboxFull,
}
