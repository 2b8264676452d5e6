namespace ClosedLoop.Mail.Mime;

/// <summary>Whether a message was made without a person (RFC 3834 section 5): then no responder answers it.</summary>
public enum AutoSubmitted
{
    /// <summary>A person asked for it to be sent; no field is written.</summary>
    No,

    /// <summary>A program sent it of itself, as it does reports and reminders.</summary>
    Generated,

    /// <summary>It answers another message by itself.</summary>
    Replied,
}
