namespace ClosedLoop.Mail.Bounces;

/// <summary>
/// The words servers use, in the order in which they are believed: what names the message or the sender comes before what names the mailbox,
/// because refusals of senders are often dressed as refusals of recipients ("Recipient address rejected: …").
/// </summary>
internal static class ReasonRules
{
    /// <summary>Words that tell an unknown mailbox. Where they were said decides what they are worth; see <see cref="ReasonFinder"/>.</summary>
    public static ReasonRule UnknownUser { get; } = new(
        BounceReason.UnknownUser,
        "user unknown", "unknown user", "user*not known", "unknown recipient", "unknown address", "unknown mailbox", "unknown or illegal alias", "unknown local", "unknown to us", "unknown account", "unknown virtual",
        "no such user", "no such recipient", "no such mailbox", "no such address", "no such account", "no such person", "no such local", "no such email", "no such id", "no mailbox", "no account", "no user", "no valid recipient", "no local mailbox",
        "user*not found", "recipient*not found", "address not found", "mailbox*not found", "account*not found", "user*does not exist", "recipient*does not exist", "mailbox*does not exist", "account*does not exist", "address*does not exist", "user*doesn't exist", "mailbox*doesn't exist", "account*doesn't exist", "address*doesn't exist", "recipient*doesn't exist", "user*not exist",
        "doesn't have a*account", "does not have a*account", "doesn't have an account", "not have an account", "address couldn't be found", "wasn't found at the destination", "couldn't be found", "could not be found",
        "invalid recipient", "invalid user", "invalid address", "invalid mailbox", "invalid final delivery", "recipient*invalid", "mailbox unavailable", "mailbox not available", "mailbox is unavailable",
        "mailbox not local", "not a valid mailbox", "not a valid recipient", "not a valid user", "not a known user", "not listed in", "not listed on", "user not listed", "not our user", "not our customer", "not in directory", "not recognized", "not recognised", "is not a registered", "unrouteable address", "unroutable address", "unknown in virtual", "not a local", "is not local", "bad destination mailbox", "bad recipient", "bad address", "undeliverable address", "undeliverable mailbox", "recipnotfound", "recipientnotfound", "recip not found", "alias*unknown", "dosn't exist", "here by that name", "destinataire invalide", "adresse*inconnu", "destinataire inconnu", "utilisateur inconnu", "unbekannt", "empfänger*nicht gefunden", "no existe", "non esiste", "не существует", "нет такого пользователя", "check if address is correct", "several matches found", "not a deliverable", "user*not have", "recipient*no longer", "user*no longer exist", "illegal alias", "does not match any", "no aliases", "account*not exist", "mailbox name not allowed", "is unknown", "unknown)");

    /// <summary>Refusals without a reason. Said to the recipient command, they mean the recipient.</summary>
    public static ReasonRule MereRefusal { get; } = new(
        BounceReason.UnknownUser,
        "address rejected", "recipient*rejected", "access denied", "does not like recipient", "not allowed", "mailbox name", "not accepted", "rejected");

    /// <summary>A refusal of whoever asks, said to any other command.</summary>
    public static ReasonRule Denied { get; } = new(BounceReason.Security, "access denied", "permission denied", "not permitted");

    /// <summary>All other reasons, the first that is met counts.</summary>
    public static IReadOnlyList<ReasonRule> Ordered { get; } =
    [
        .. ReasonRulesForSenders.Ordered,
        .. ReasonRulesForMailboxes.Ordered,
        .. ReasonRulesForRoutes.Ordered,
    ];
}
