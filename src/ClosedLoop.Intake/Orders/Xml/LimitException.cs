namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>A bound of <see cref="OrderLimits"/> is passed; reading ends at once. The message says which.</summary>
internal sealed class LimitException(string message) : Exception(message);
