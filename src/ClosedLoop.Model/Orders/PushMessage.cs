namespace ClosedLoop.Model.Orders;

/// <summary>Message of a push order: one JSON payload for each endpoint type (xml-delivery spec section 9.4).</summary>
public sealed record PushMessage(string Subject, string? Apn, string? Gcm) : OrderMessage;
