namespace ClosedLoop.Mail.Bounces;

/// <summary>States of a mailbox that exists.</summary>
internal static class ReasonRulesForMailboxes
{
    /// <summary>Words that nobody uses of a sender or a host; asked before the broader words of those.</summary>
    public static IReadOnlyList<ReasonRule> Unmistakable { get; } =
    [
        new(
            BounceReason.Refused,
            "blocked by recipient", "blocked by the recipient", "recipient has blocked", "recipient*blocked you", "authrequired", "sendernotauthenticated", "restrictedtorecipients", "resolver.rst.notauthorized", "allowed-senders", "allowed senders", "not accept external", "only internal", "external*not*allowed to send", "previously bounced", "suppression list", "bounced address", "on the suppression", "拒否", "拒收", "수신거부", "수신 거부"),
        new(BounceReason.MailboxFull, "over quota", "mailbox size limit", "mailbox is full", "mailbox full"),
        new(BounceReason.Suspended, "mailbox*been blocked", "account*been blocked", "mailbox is blocked", "account is blocked", "due to inactivity", "extended inactivity"),
        new(BounceReason.Network, "too many hops", "hop count"),
    ];

    public static IReadOnlyList<ReasonRule> Ordered { get; } =
    [
        new(BounceReason.Moved, "has moved", "no longer on server", "no longer at this", "has been moved", "moved to", "no forwarding address", "address*has changed", "address*changed", "new address is", "not local; please try", "please try <@", "please use <@", "please use @", "user has moved", "adresse*geandert", "a change d'adresse", "ha cambiado de direccion"),
        new(BounceReason.TooBig, "too big", "too large", "message size", "size limit", "message length", "exceeds*maximum size", "exceeds*limit set by recipient", "exceeds the maximum", "larger than", "exceeded*size", "exceeds*size", "recipsizelimit", "zu gros", "trop volumineu", "trop gros", "troppo grande", "demasiado grande", "muito grande", "te groot", "слишком больш", "サイズ*超", "邮件过大", "邮件太大", "郵件過大", "크기*초과"),
        new(BounceReason.MailboxFull, "mailbox full", "mailbox is full", "mailbox*full", "inbox*full", "over quota", "overquota", "quota exceeded", "exceeded*quota", "exceeds*quota", "quota", "out of storage", "storage space", "not enough space", "insufficient*space", "insufficient*storage", "no space", "exceeded*storage", "disk full", "diskspace", "disk space", "mailbox size", "shutoffquota", "too full", "mapiexceptionmailboxfull", "shutoffquota", "full mailbox", "full inbox", "storage limit", "exceeded storage", "exceeds*storage", "allowed storage", "out of disk", "mailbox*exceeded", "too many messages on the server", "too many messages in", "speichervolumen", "容量オーバー", "容量*不足", "mailfolder*full", "mail box*full") { Said = Vocabularies.SayFull },
        new(BounceReason.Suspended,
            "disabled", "deactivated", "suspended", "suspend", "locked", "frozen", "inactive", "not active", "discontinued", "expired account", "account expired", "account has expired", "account*expired", "mailbox*expired", "user*expired", "closed", "temporarily unavailable*mailbox", "account*blocked", "account*terminated", "not accepting messages", "not accepting mail", "dormant", "not currently accepting", "abandoned", "is not activated", "out of service", "deleted account", "account*not allowed", "on hold", "overdue", "hangup", "forbided", "is forbidden to receive", "user*not activated", "closed account", "account*closed", "mailbox*closed", "account*cancel", "account*deactiv") { Said = Vocabularies.SayClosed },
        new(BounceReason.Refused, "recipient preferences", "recipient*not accepting", "refuses to accept", "recipient*refused", "mail from you is refused", "does not accept mail from", "doesn't accept mail from", "not accept*from external", "only accept*from", "only accepts*from"),
    ];
}
