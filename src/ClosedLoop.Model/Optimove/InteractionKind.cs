namespace ClosedLoop.Model.Optimove;

/// <summary>What can happen to a message, with the number of aggregate metrics (optimove spec section 7.1). The numbers are stored.</summary>
public enum InteractionKind
{
    Sent = 0,
    Delivered = 1,
    Opened = 2,
    Clicked = 3,
    Unsubscribed = 4,
    Dropped = 5,
    Spam = 6,
    Bounced = 9,
}
