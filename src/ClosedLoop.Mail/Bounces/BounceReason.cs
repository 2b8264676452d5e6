namespace ClosedLoop.Mail.Bounces;

/// <summary>Why a recipient was not reached. <see cref="ReturnedRecipient.IsHard"/> follows from it.</summary>
public enum BounceReason
{
    /// <summary>Nothing in the report says why.</summary>
    Undefined = 0,

    /// <summary>No such mailbox. Hard.</summary>
    UnknownUser,

    /// <summary>No such domain. Hard.</summary>
    UnknownHost,

    /// <summary>The mailbox went elsewhere. Hard.</summary>
    Moved,

    /// <summary>The domain takes no mail (null MX of RFC 7505, no exchanger). Hard.</summary>
    NoMailService,

    /// <summary>Refused after the content was seen, or by the recipient's own wish.</summary>
    Refused,

    /// <summary>The mailbox exists and is closed for now.</summary>
    Suspended,

    /// <summary>The mailbox or its disk is full.</summary>
    MailboxFull,

    /// <summary>The message is too big, for this recipient or for the server.</summary>
    TooBig,

    /// <summary>Taken for spam.</summary>
    Spam,

    /// <summary>Taken for a virus.</summary>
    Virus,

    /// <summary>Against a rule of the receiving site.</summary>
    Policy,

    /// <summary>SPF, DKIM or DMARC failed.</summary>
    Authentication,

    /// <summary>The sending host is not wanted: block list, reputation, reverse DNS.</summary>
    Blocked,

    /// <summary>The sender address is not wanted.</summary>
    SenderRefused,

    /// <summary>The server does not relay for this recipient.</summary>
    RelayingDenied,

    /// <summary>Too many messages, connections or recipients.</summary>
    Throttled,

    /// <summary>Access denied, encryption or login wanted.</summary>
    Security,

    /// <summary>Headers or content are malformed.</summary>
    Content,

    /// <summary>An SMTP command was malformed or unknown.</summary>
    Protocol,

    /// <summary>A program of the receiving host failed.</summary>
    MailerError,

    /// <summary>The receiving system has a fault.</summary>
    System,

    /// <summary>DNS or routing failed.</summary>
    Network,

    /// <summary>Tried for too long.</summary>
    Expired,
}
