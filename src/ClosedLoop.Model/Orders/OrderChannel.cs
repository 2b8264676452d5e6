namespace ClosedLoop.Model.Orders;

/// <summary>Channel of a campaign (xml-delivery spec section 5.2).</summary>
public enum OrderChannel
{
    Email,
    Sms,
    Push,
}
