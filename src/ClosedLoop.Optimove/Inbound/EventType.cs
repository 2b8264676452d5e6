namespace ClosedLoop.Optimove.Inbound;

/// <summary>Types of events that Optimove tells listeners of (optimove spec section 3.1).</summary>
internal static class EventType
{
    /// <summary>A campaign that was processed is cancelled.</summary>
    public const int Cancelled = 4;

    /// <summary>A user met the trigger of a real-time campaign.</summary>
    public const int Triggered = 11;

    /// <summary>A campaign was executed for one channel.</summary>
    public const int Executed = 13;

    /// <summary>As 13, with the customers in files; set up by people at Optimove.</summary>
    public const int ExecutedWithFiles = 14;
}
