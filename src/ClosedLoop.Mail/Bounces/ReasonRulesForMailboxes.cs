namespace ClosedLoop.Mail.Bounces;

/// <summary>States of a mailbox that exists.</summary>
internal static class ReasonRulesForMailboxes
{
    public static IReadOnlyList<ReasonRule> Ordered { get; } =
    [
        new(BounceReason.Moved, "has moved", "no longer on server", "no longer at this", "has been moved", "moved to", "no forwarding address", "address*has changed", "address*changed", "not our user", "not our customer", "new address is"),
        new(BounceReason.TooBig, "too big", "too large", "message size", "size limit", "message length", "exceeds*maximum size", "exceeds*limit set by recipient", "exceeds the maximum", "larger than", "exceeded*size", "exceeds*size", "recipsizelimit"),
        new(BounceReason.MailboxFull, "mailbox full", "mailbox is full", "mailbox*full", "inbox*full", "over quota", "overquota", "quota exceeded", "exceeded*quota", "exceeds*quota", "quota", "out of storage", "storage space", "not enough space", "insufficient*space", "insufficient*storage", "no space", "exceeded*storage", "disk full", "diskspace", "disk space", "mailbox size", "shutoffquota", "too full", "boîte*pleine", "voll"),
        new(BounceReason.Suspended,
            "disabled", "deactivated", "suspended", "suspend", "locked", "frozen", "inactive", "not active", "discontinued", "expired account", "account expired", "account has expired", "account*expired", "mailbox*expired", "user*expired", "closed", "temporarily unavailable*mailbox", "account*blocked", "account*terminated", "not accepting messages", "not accepting mail", "dormant", "not currently accepting", "abandoned", "is not activated", "out of service", "deleted account", "account*not allowed", "on hold"),
        new(BounceReason.Refused, "recipient preferences", "recipient*not accepting", "refuses to accept", "recipient*refused", "mail from you is refused", "does not accept mail from", "doesn't accept mail from", "not accept*from external", "only accept*from"),
    ];
}
