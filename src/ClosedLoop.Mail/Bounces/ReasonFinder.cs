using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Bounces;

/// <summary>Decides why a recipient was not reached: words first, then the status code, then the stage of the session.</summary>
internal static class ReasonFinder
{
    private static readonly ReasonRule Quota = new(BounceReason.MailboxFull, "quota");

    public static BounceReason Find(ReplyFacts facts)
    {
        if (facts.IsLocalProgram)
            return Quota.IsMet(facts.Diagnostic) || Quota.IsMet(facts.Words) ? BounceReason.MailboxFull : BounceReason.MailerError;

        // Courier keeps 517 for senders; its words say "Domain does not exist", as others do of recipients.
        if (facts.ReplyCode == 517)
            return BounceReason.SenderRefused;

        // What was quoted as the reply is believed before what stands around it.
        var reason = ByWords(facts, facts.Diagnostic);
        if (reason == BounceReason.Undefined)
            reason = ByWords(facts, facts.Words);

        // A code that leaves no doubt comes before the greetings and the advice around it.
        if (reason == BounceReason.Undefined && ByStatus(facts.Status, facts.Command) is var plain && IsGone(plain))
            reason = plain;
        if (reason == BounceReason.Undefined)
            reason = ByWords(facts, facts.Around);
        if (reason == BounceReason.Undefined)
            reason = ByStatus(facts.Status, facts.Command);
        if (reason == BounceReason.Undefined)
            reason = ByReplyCode(facts.ReplyCode);

        // A host that takes no mail for now (4.3.2) is being serviced; one that never does says so with class 5.
        if (reason == BounceReason.NoMailService && facts.Status.Class == 4)
            return BounceReason.System;
        return IsTemporary(facts) ? WhileTemporary(reason) : reason;
    }

    /// <summary>The codes that carry a reason of their own: RFC 7504 section 4.</summary>
    private static BounceReason ByReplyCode(int code) => code switch
    {
        521 or 556 => BounceReason.NoMailService,
        552 => BounceReason.MailboxFull,
        _ => BounceReason.Undefined,
    };

    /// <summary>While somebody still tries, no address is gone; once they gave up, their words count, even with a code of class 4.</summary>
    private static bool IsTemporary(ReplyFacts facts) => facts.Action == DeliveryAction.Delayed;

    private static BounceReason WhileTemporary(BounceReason reason) => reason switch
    {
        BounceReason.UnknownHost or BounceReason.NoMailService => BounceReason.Network,
        BounceReason.UnknownUser or BounceReason.Moved => BounceReason.Expired,
        _ => reason,
    };

    private static BounceReason ByWords(ReplyFacts facts, string text)
    {
        if (text.Length == 0)
            return BounceReason.Undefined;
        if (ProviderHabits.IsDirectoryRefusal(facts, text))
            return BounceReason.UnknownUser;
        var masked = ReplyMask.Addresses(text);
        var plain = ReplyMask.Links(masked);
        var reason = ByPhrases(facts, text, plain);

        // Some say no more than where to read on; the link then names the list or the error.
        return reason == BounceReason.Undefined && plain.Length != masked.Length ? ByPhrases(facts, text, masked) : reason;
    }

    private static BounceReason ByPhrases(ReplyFacts facts, string text, string masked)
    {
        var unknown = ReasonRules.UnknownUser.IsMet(masked);
        var isGoneByCode = facts.Status is { Class: 5, Subject: 1, Detail: 1 or 10 };
        if (unknown && isGoneByCode)
            return BounceReason.UnknownUser;
        foreach (var rule in ReasonRules.Ordered)
        {
            if (rule.IsMet(masked) && !(unknown && GivesWay(rule.Reason, facts)) && !(isGoneByCode && !ContradictsGone(rule.Reason)))
                return rule.Reason;
        }

        if (unknown)
            return WorthOfUnknown(facts, text);
        if (MayMeanRecipient(facts) && ReasonRules.MereRefusal.IsMet(masked))
            return BounceReason.UnknownUser;
        return ReasonRules.Denied.IsMet(masked) ? BounceReason.Security : BounceReason.Undefined;
    }

    /// <summary>A final refusal of the recipient command whose code does not speak of the sender, of the network or of security.</summary>
    private static bool MayMeanRecipient(ReplyFacts facts) =>
        facts.Command == "RCPT" && facts.ReplyCode / 100 != 4 && facts.Status is not ({ Class: 4 } or { Subject: 7, Detail: not 1 } or { Subject: 1, Detail: 7 or 8 });

    /// <summary>What refuses a sender, or a mailbox that must exist, is stronger than a careless 5.1.1; a disabled account or a policy is not.</summary>
    private static bool ContradictsGone(BounceReason reason) => reason is BounceReason.RelayingDenied or BounceReason.Blocked or BounceReason.MailboxFull or BounceReason.Moved or BounceReason.SenderRefused or BounceReason.NoMailService
        or BounceReason.Authentication or BounceReason.Spam or BounceReason.Virus or BounceReason.Refused or BounceReason.UnknownHost;

    private static bool IsGone(BounceReason reason) => reason is BounceReason.UnknownUser or BounceReason.UnknownHost or BounceReason.Moved or BounceReason.NoMailService;

    /// <summary>"User unknown" beside the words of a route, or of a mere refusal, is what was meant.</summary>
    private static bool GivesWay(BounceReason reason, ReplyFacts facts) => (reason == BounceReason.Policy && facts.Command == "RCPT") || reason is BounceReason.System or BounceReason.Protocol or BounceReason.Expired or BounceReason.MailerError or BounceReason.Security or BounceReason.Refused;

    /// <summary>
    /// An unknown mailbox is certain when the code says so, when the recipient command was refused, or when the reporting system speaks of its own users.
    /// A server that took the recipient and refused the message afterwards with the same words may only dislike the message: filters answer so.
    /// </summary>
    private static BounceReason WorthOfUnknown(ReplyFacts facts, string text)
    {
        var status = facts.Status;
        if (ProviderHabits.RefusesAfterData(text) || ProviderHabits.RefusesAfterData(facts.Around))
            return BounceReason.Refused;
        if (status is { Subject: 1 } or { Subject: 5, Detail: 0 } || facts.Command == "RCPT")
            return BounceReason.UnknownUser;

        // Writers put a code of their own into the Status field; that of the reply they quote is the server's.
        if (ReplyText.FindStatus(text) is { Class: 5, Subject: 1 })
            return BounceReason.UnknownUser;
        if (ProviderHabits.IsSureOfUnknown(facts.Address, text))
            return BounceReason.UnknownUser;

        // The writer's own words about its own users, not a quoted reply.
        if (facts.ReplyCode == 0 && status is { Subject: 0, Detail: 0 } && facts.Diagnostic.Trim().Length == 0 && facts.Command.Length == 0)
            return BounceReason.UnknownUser;
        return facts.HasFields && !facts.HasStatusField ? BounceReason.UnknownUser : BounceReason.Refused;
    }

    /// <summary>RFC 3463 section 3, and the codes registered since (RFC 7372, RFC 7504, RFC 7505).</summary>
    private static BounceReason ByStatus(EnhancedStatusCode status, string command) => (status.Subject, status.Detail) switch
    {
        _ when !status.IsPresent => BounceReason.Undefined,

        // A code of class 4 alone never says that an address is gone (RFC 3463 section 2).
        (1, _) when status.Class == 4 => BounceReason.Expired,
        (4, _) when status.Class == 4 => BounceReason.Network,
        (1, 1 or 3 or 10) => BounceReason.UnknownUser,
        (1, 0) when status.Class == 5 && command is not ("MAIL" or "EHLO" or "CONN") => BounceReason.UnknownUser,
        (1, 2) => BounceReason.UnknownHost,
        (1, 6) => BounceReason.Moved,
        (1, 7 or 8) => BounceReason.SenderRefused,
        (1, _) => BounceReason.Refused,
        (2, 1) => BounceReason.Suspended,
        (2, 2) => BounceReason.MailboxFull,
        (2, 3) or (3, 4) => BounceReason.TooBig,
        (2, _) => BounceReason.Refused,
        (3, 2) when status.Class == 5 => BounceReason.NoMailService,
        (3, _) => BounceReason.System,
        (4, 4 or 310) => BounceReason.UnknownHost,
        (4, 1 or 2 or 7) => BounceReason.Expired,
        (4, _) => BounceReason.Network,
        (5, 3) => BounceReason.Throttled,
        (5, _) => BounceReason.Protocol,
        (6, _) => BounceReason.Content,
        (7, 20 or 21 or 22 or 23 or 24 or 26) => BounceReason.Authentication,
        (7, 25) => BounceReason.Blocked,
        (7, 13) => BounceReason.Suspended,

        // Exchange Online: 5.7.12x and 5.7.13x are restrictions of the recipient, from 5.7.500 on they name the sending host.
        (7, >= 120 and < 140) => BounceReason.Refused,
        (7, 509 or 515) => BounceReason.Authentication,
        (7, >= 500) => BounceReason.Blocked,
        (7, 1) => BounceReason.Policy,
        (7, _) => BounceReason.Security,
        _ => BounceReason.Undefined,
    };
}
