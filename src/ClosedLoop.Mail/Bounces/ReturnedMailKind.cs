namespace ClosedLoop.Mail.Bounces;

/// <summary>What a mail that came back is.</summary>
public enum ReturnedMailKind
{
    /// <summary>None of the others; nothing in it names a recipient.</summary>
    Other = 0,

    /// <summary>Somebody gave up on a recipient.</summary>
    Bounce,

    /// <summary>A warning: delivery is late and goes on. The loop ignores it.</summary>
    Delayed,

    /// <summary>A report of success (RFC 3461 NOTIFY=SUCCESS, relay notices).</summary>
    Delivered,

    /// <summary>A recipient called the message spam, or asked to be removed (RFC 5965).</summary>
    Complaint,

    /// <summary>A machine answered for a person (RFC 3834).</summary>
    AutoReply,

    /// <summary>A person answered.</summary>
    HumanReply,
}
