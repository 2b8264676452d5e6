namespace ClosedLoop.Model.Orders;

/// <summary>Message of an SMS order; body and sender default to the group's (xml-delivery spec section 9.4).</summary>
public sealed record SmsMessage(string Subject, string? Body, string? From) : OrderMessage;
