namespace ClosedLoop.Intake.Orders.Deliveries;

/// <summary>A delivery cannot be started (E-20); the message says why.</summary>
internal sealed class DeliveryRefusedException(string message, Exception? cause = null) : Exception(message, cause);
