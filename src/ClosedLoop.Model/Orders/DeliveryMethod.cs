namespace ClosedLoop.Model.Orders;

/// <summary>How a delivery starts (xml-delivery spec section 8).</summary>
public enum DeliveryMethod
{
    /// <summary>By itself, at once or at its time.</summary>
    Auto,

    /// <summary>An operator starts it.</summary>
    Manual,
}
