namespace ClosedLoop.Model.Orders;

/// <summary>Recipients of one of the two deliveries of an order (xml-delivery spec section 6).</summary>
/// <param name="Line">Where in the order it is named.</param>
/// <param name="Column">Character of that line.</param>
public abstract record OrderTarget(int Line, int Column);
