namespace ClosedLoop.Mail.Sink;

/// <summary>What the sink does to a recipient on purpose.</summary>
public enum SinkDeed
{
    /// <summary>Answers RCPT with the rule's code and text.</summary>
    Refuse,

    /// <summary>Answers RCPT with the rule's code and text, then closes.</summary>
    RefuseAndClose,

    /// <summary>Answers the final dot with the rule's code and text; the message is not taken.</summary>
    RefuseText,

    /// <summary>Closes when text begins to arrive; the message is not taken.</summary>
    DropBeforeDot,

    /// <summary>Takes the message into the ledger, then closes without an answer.</summary>
    DropAfterDot,

    /// <summary>Waits before it answers RCPT.</summary>
    Delay,

    /// <summary>Takes the message, then waits before it answers the final dot.</summary>
    DelayText,

    /// <summary>Takes the message, then answers the final dot octet by octet with the rule's delay before each.</summary>
    Drip,
}
