namespace ClosedLoop.Intake.Orders.Messages;

/// <summary>Static content for the web.</summary>
/// <param name="Token">Unguessable part of its address.</param>
/// <param name="Body">HTML in UTF-8.</param>
public sealed record WebPage(string Token, byte[] Body);
