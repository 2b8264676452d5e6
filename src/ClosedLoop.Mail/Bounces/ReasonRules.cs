namespace ClosedLoop.Mail.Bounces;

/// <summary>
/// The words servers use, in the order in which they are believed: what names the message or the sender comes before what names the mailbox,
/// because refusals of senders are often dressed as refusals of recipients ("Recipient address rejected: …").
/// </summary>
internal static class ReasonRules
{
    /// <summary>
    /// Words that tell an unknown mailbox: the vocabularies, and set phrases that have no noun of theirs. Where they were said decides what they are worth; see <see cref="ReasonFinder"/>.
    /// </summary>
    public static ReasonRule UnknownUser { get; } = new(
        BounceReason.UnknownUser,
        "user unknown", "unknown user", "unknown recipient", "unknown address", "unknown local", "unknown to us", "unknown virtual", "unknown or illegal alias", "unknown or invalid recipient", "illegal alias", "alias*unknown", "no such user", "no such recipient", "no such local", "no such email", "no such id", "no such person",
        "no mailbox", "no account", "no user", "no valid recipient", "no local user", "no local mailbox", "no aliases", "several matches found", "does not match any", "not our user", "not our customer", "not listed in", "not listed on", "user not listed", "not in directory", "is not a registered", "not recognized", "not recognised",
        "unrouteable address", "unroutable address", "undeliverable address", "undeliverable mailbox", "not a deliverable", "mailbox unavailable", "mailbox not available", "mail box not available", "mail box unavailable", "mailbox is unavailable", "account is unavailable", "account not available", "account is not available", "user is not available", "bad destination mailbox", "bad recipient", "bad address", "invalid final delivery", "mailbox name not allowed",
        "recipnotfound", "recipientnotfound", "recip not found", "here by that name", "by that name", "at that address", "check if address is correct", "doesn't have a*account", "wasn't found at the destination", "couldn't be found", "could not be found", "not a local", "is not local", "user not local", "dosn't exist", "cannot deliver mail for", "verification failed for <@", "recipient verification", "unable to verify user", "unavailable mail user", "unavailable user", "unavailable mailbox", "not user of", "not a user", "validrcptto",
        "is unknown", "unknown)", "<@> unknown", "<@>: unknown", "<@>, unknown", "@ unknown", "<@> not found", "@ not found", "<@> does not exist", "@ does not exist", "@ is not a valid", "<@> is not valid", "unbekannt", "check the recipient address", "mi:iuf")
    {
        Said = Vocabularies.SayGone,
    };

    /// <summary>Refusals without a reason. Said to the recipient command, they mean the recipient.</summary>
    public static ReasonRule MereRefusal { get; } = new(
        BounceReason.UnknownUser,
        "address rejected", "address*refused", "recipient*rejected", "rejected*recipient", "rejected address", "recipient*denied", "does not like recipient", "mailbox name");

    /// <summary>A refusal of whoever asks, said to any other command.</summary>
    public static ReasonRule Denied { get; } = new(BounceReason.Security, "access denied", "permission denied", "not permitted");

    /// <summary>All other reasons, the first that is met counts.</summary>
    public static IReadOnlyList<ReasonRule> Ordered { get; } =
    [
        .. ReasonRulesForMailboxes.Unmistakable,
        .. ReasonRulesForSenders.Ordered,
        .. ReasonRulesForMailboxes.Ordered,
        .. ReasonRulesForRoutes.Ordered,
    ];
}
