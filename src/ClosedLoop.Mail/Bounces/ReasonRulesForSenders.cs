namespace ClosedLoop.Mail.Bounces;

/// <summary>Refusals of the message, its sender or the sending host.</summary>
internal static class ReasonRulesForSenders
{
    public static IReadOnlyList<ReasonRule> Ordered { get; } =
    [
        new(BounceReason.Virus, "virus", "malware", "infected", "trojan", "executable attachment"),
        new(BounceReason.Authentication,
            "dmarc", "dkim*fail", "spf*fail", "fail*spf", "spf record", "spf check", "spf validation", "spf sender", "spf:", "sender policy framework", "unauthenticated email", "authentication information", "authentication check", "unauthenticated mail", "not authorized to send*from", "not allowed to send*from", "sender id (", "does not designate", "domainkeys"),
        new(BounceReason.Blocked,
            "ptr record", "reverse dns", "rdns", "reverse lookup", "no ptr", "dns ptr", "hostname*does not resolve", "cannot find your hostname", "cannot resolve your", "unverifyable sending", "mismatches client ip", "fcrdns", "ip address*reverse", "unable to resolve your",
            "dnsbl", "rbl", "black list", "blacklist", "block list", "blocklist", "blocked using", "blocked by", "client host*blocked", "spamhaus", "spamcop", "sorbs", "abuseat", "banned sending", "banned ip", "ip*is blocked", "bad reputation", "low reputation", "poor reputation", "ip reputation", "reputation", "senderscore",
            "your ip", "sending ip", "ip address*not allowed", "invalid ip", "ip adr", "adresse ip", "client host rejected", "may not be mail exchanger", "use the smtp server of your isp", "connections not accepted", "not accepting connections", "dynamic ip", "dialup", "connection refused by policy", "from*weren't sent", "host*is not allowed", "host*refused", "helo*rejected", "helo command rejected", "ehlo*rejected", "fix your*dns", "bl)", "service refuse", "is blocked", "been blocked", "was blocked", "banned", "blocked for spam", "bloquee pour"),
        new(BounceReason.Spam,
            "spam", "ube,", "unsolicited", "bulk", "junk", "content rejected", "mail rejete", "considered*uce", "spamtrap", "looks like advert", "phish", "scored as"),
        new(BounceReason.RelayingDenied, "relaying denied", "relay denied", "relay access denied", "unable to relay", "not permitted to relay", "relaying not", "relay not permitted", "relay prohibited", "configured to relay", "insecure mail relay", "no relay", "relay quota", "not relay", "is not verified", "relay*not allowed", "relaying mail*not", "we do not relay"),
        new(BounceReason.Throttled, "too many", "rate limit", "receiving mail at a rate", "receiving mail too quickly", "frequency limit", "throttl", "exceeded*connections", "connection limit", "sending limit", "message limit", "daily limit", "hourly limit", "try again later*rate", "quota*messages per", "max*per hour", "exceeds*rate", "excessive"),
        new(BounceReason.SenderRefused,
            "sender address rejected", "sender address*reject", "sender rejected", "sender domain", "domain of sender", "sender*does not exist", "sender*not exist", "sender*not allowed", "sender*denied", "sender*invalid", "invalid sender", "from*domain is invalid", "valid from", "sender verify failed", "sender verification", "sender*cannot be verified", "bad sender", "unknown sender", "mail from*rejected", "mail from*denied", "rejected mail from", "sender is*blocked", "envelope sender", "you*not*authorized to post", "not a member", "groups.google.com", "not member", "permission to post", "return path", "senders not allowed", "sender not", "mail from command", "backscatter", "empty envelope", "null sender", "originator", "not registered*sender", "restricted to"),
        new(BounceReason.Content, "header*too large", "headers too large", "duplicate header", "header error", "line too long", "bare lf", "malformed header", "malformed message", "mime error", "8bit", "not rfc", "improper use of", "missing header", "content type", "syntax*header", "multiple from", "null character", "invalid header", "message format", "not conform"),
        new(BounceReason.Policy, "policy", "protocol violation", "potential security", "content presents a potential", "attachment*not allowed", "attachment*type", "attachment*blocked", "not accepted for", "message not allowed", "is not accepted", "local policy", "prohibited", "content*denied", "message filtered", "message rejected", "message*refused", "forbidden", "disclaimer"),
        new(BounceReason.Security, "authentication required", "authentication failed", "authenticat", "delivery not authorized", "starttls", "tls ", "tls.", "must be encrypted", "encryption", "certificate", "insecure", "unauthorized", "not authorized"),
    ];
}
