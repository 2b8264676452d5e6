namespace ClosedLoop.Model.Orders;

/// <summary>How a delivery stands (xml-delivery spec section 4). The numbers are stored; what is being sent is said by its mailing.</summary>
public enum DeliveryState
{
    /// <summary>Its operation has not handed it over.</summary>
    Making = 0,

    /// <summary>A draft: an operator starts it.</summary>
    Ready = 1,

    /// <summary>Waits for its time.</summary>
    Waiting = 2,

    /// <summary>Decided to start; its recipients are being gathered.</summary>
    Starting = 3,

    /// <summary>With the mailing engine.</summary>
    Started = 4,

    /// <summary>Could not be started.</summary>
    Failed = 5,

    /// <summary>Given up by an operator before it was started.</summary>
    Interrupted = 6,
}
