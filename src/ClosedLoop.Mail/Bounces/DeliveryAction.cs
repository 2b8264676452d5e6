namespace ClosedLoop.Mail.Bounces;

/// <summary>The Action field of RFC 3464 section 2.3.3.</summary>
public enum DeliveryAction
{
    None = 0,
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}
