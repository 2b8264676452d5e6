using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Orders.Messages;

/// <summary>The message of an order with everything it takes from elsewhere.</summary>
/// <param name="Frozen">As the engine sends it.</param>
/// <param name="Shown">Subject of a mail, text of an SMS: what reports show.</param>
/// <param name="Page">Static content to publish, or <c>null</c>.</param>
public sealed record OrderContent(FrozenMailing Frozen, string Shown, WebPage? Page);
