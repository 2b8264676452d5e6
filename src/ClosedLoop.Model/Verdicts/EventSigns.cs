namespace ClosedLoop.Model.Verdicts;

/// <summary>
/// What speaks for or against a machine. The values are stored with the event. Those of <see cref="Seen"/> are facts of the request, noted once,
/// because the address and the whole user agent are not kept; the others follow from stored moments and are found again at every judgement.
/// </summary>
[Flags]
public enum EventSigns
{
    None = 0,

    /// <summary>The bare user agent of Apple's proxies from one of their addresses.</summary>
    AppleProxy = 1,

    /// <summary>The user agent is <c>Mozilla/5.0</c> and nothing else.</summary>
    BareAgent = 1 << 1,

    /// <summary>A proxy that loads pictures when the mail is read (Gmail, Yahoo).</summary>
    ImageProxy = 1 << 2,

    /// <summary>The request calls itself a prefetch (<c>Sec-Purpose</c>, <c>Purpose</c>, <c>X-Purpose</c>, <c>X-Moz</c>).</summary>
    PrefetchHeader = 1 << 3,

    /// <summary>A mailbox provider's agent that loads pictures ahead.</summary>
    PrefetchAgent = 1 << 4,

    /// <summary>A program that makes previews of links in chats and posts.</summary>
    PreviewAgent = 1 << 5,

    /// <summary>A security gateway that gives its name.</summary>
    GatewayAgent = 1 << 6,

    /// <summary>Another robot or a library.</summary>
    RobotAgent = 1 << 7,

    /// <summary>No user agent at all.</summary>
    NoAgent = 1 << 8,

    /// <summary>Messages of many recipients were touched from one public address in the same second.</summary>
    ManyRecipients = 1 << 9,

    /// <summary>Up to a minute before the hand-over was complete: a gateway looks before it accepts.</summary>
    BeforeHandOver = 1 << 16,

    /// <summary>Within five seconds of the hand-over.</summary>
    Soon = 1 << 17,

    /// <summary>Within thirty seconds of the hand-over, later than <see cref="Soon"/>.</summary>
    Early = 1 << 18,

    /// <summary>A click within thirty seconds of the hand-over, before the message was opened.</summary>
    Unopened = 1 << 19,

    /// <summary>Two different links within two seconds.</summary>
    TwoLinks = 1 << 20,

    /// <summary>Three or more different links within two seconds.</summary>
    ManyLinks = 1 << 21,

    /// <summary>Three or more links within two seconds in the order they have in the message.</summary>
    InOrder = 1 << 22,

    /// <summary>A person opened the message before.</summary>
    OpenedBefore = 1 << 23,

    /// <summary>Signs of the request itself.</summary>
    Seen = AppleProxy | BareAgent | ImageProxy | PrefetchHeader | PrefetchAgent | PreviewAgent | GatewayAgent | RobotAgent | NoAgent | ManyRecipients,
}
