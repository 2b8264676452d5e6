namespace ClosedLoop.Model.Orders;

/// <summary>What is sent: <see cref="EmailMessage"/>, <see cref="SmsMessage"/> or <see cref="PushMessage"/>.</summary>
public abstract record OrderMessage;
